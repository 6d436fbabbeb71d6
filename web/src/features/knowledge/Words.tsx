import Markdown from 'react-markdown'

/** An article's text. Markdown only: HTML in it is shown as it is written; pictures from elsewhere are not fetched. */
export default function Words({ text }: { text: string }) {
  return (
    <div className="k-article">
      <Markdown
        disallowedElements={['img']}
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </Markdown>
    </div>
  )
}
