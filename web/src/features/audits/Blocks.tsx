import type { Report } from './queries'

type Block = Report['blocks'][number]

/** The audit's document as part of a page. */
export function Blocks({ report }: { report: Report }) {
  return (
    <article className="k-panel k-report">
      <h2>{report.title}</h2>
      <p className="k-quiet">{report.subtitle}</p>
      {report.blocks.map((block, index) => (
        <One key={index} block={block} />
      ))}
      <p className="k-quiet">{report.footer}</p>
    </article>
  )
}

function One({ block }: { block: Block }) {
  const rows = block.rows ?? []
  if (block.kind === 'heading') return <h3>{block.text}</h3>
  if (block.kind === 'paragraph') return <p>{block.text}</p>
  if (block.kind === 'key')
    return (
      <div className="k-figures">
        {rows.map(([value, name]) => (
          <div key={name}>
            <b className="k-num">{value}</b>
            <span>{name}</span>
          </div>
        ))}
      </div>
    )
  if (block.kind === 'table')
    return (
      <table className="k-table k-framed">
        <thead>
          <tr>
            {block.columns?.map((name, place) => (
              <th key={place} className={place ? 'k-right' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={place} className={place ? 'k-right k-num' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )
  if (!block.shapes?.length) return null
  return (
    <>
      <svg
        viewBox={`0 0 ${block.width} ${block.height}`}
        role="img"
        aria-label={block.text}
        className="k-report-picture"
      >
        {block.shapes.map((shape, index) => (
          <Shape key={index} shape={shape} />
        ))}
      </svg>
      {rows.map(([line]) => (
        <p key={line}>{line}</p>
      ))}
    </>
  )
}

function Shape({ shape }: { shape: Record<string, unknown> }) {
  const fill = String(shape.fill)
  if (shape.shape === 'polygon')
    return <polygon points={(shape.points as number[][]).map((one) => one.join(',')).join(' ')} fill={fill} />
  if (shape.shape === 'circle')
    return <circle cx={shape.x as number} cy={shape.y as number} r={shape.radius as number} fill={fill} />
  return (
    <text
      x={shape.x as number}
      y={shape.y as number}
      fontSize={shape.size as number}
      textAnchor={shape.anchor as 'start'}
      fill="var(--k-quiet)"
    >
      {String(shape.text)}
    </text>
  )
}
