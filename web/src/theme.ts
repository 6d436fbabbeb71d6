import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

/** Neutral ink: buttons and links carry no colour of their own, because colour means state here and nothing else. */
const ink: MantineColorsTuple = [
  '#f3f5f7',
  '#e3e7ec',
  '#ccd3db',
  '#a7b2be',
  '#7f8d9c',
  '#627182',
  '#4c5a69',
  '#37434f',
  '#25303b',
  '#18212a',
]

const dark: MantineColorsTuple = [
  '#d5dbe1',
  '#b3bcc6',
  '#8f9ba8',
  '#68747f',
  '#3c4650',
  '#2d353d',
  '#20262d',
  '#181d22',
  '#12161a',
  '#0c0f12',
]

/** Text on filled ink and what is red must follow the scheme, which the library's resolver cannot see. */
const followScheme: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input)
  if (input.color === 'red')
    return input.variant === 'filled'
      ? { ...colours, background: 'var(--k-bad-fill)', hover: 'var(--k-bad-fill)', color: '#fff' }
      : { ...colours, color: 'var(--k-bad)', hover: 'var(--k-bad-soft)' }
  const isInk = input.color === undefined || input.color === 'ink'
  return input.variant === 'filled' && isInk ? { ...colours, color: 'var(--k-on-ink)' } : colours
}

const compact = { size: 'xs' } as const

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 1 },
  variantColorResolver: followScheme,
  colors: { ink, dark },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: compact },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: compact },
    PasswordInput: { defaultProps: compact },
    Textarea: { defaultProps: compact },
    NativeSelect: { defaultProps: compact },
    Select: { defaultProps: { ...compact, comboboxProps: { shadow: 'md' } } },
    Checkbox: { defaultProps: { iconColor: 'var(--k-on-ink)' } },
    SegmentedControl: { defaultProps: compact },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    // the first item takes the focus, not an empty place before it, which has no part in a menu
    Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } },
    // nothing of the page scrolls as a whole; to lock it would lay out all of it again at each opening
    Modal: { defaultProps: { centered: true, lockScroll: false } },
    Drawer: { defaultProps: { position: 'right', lockScroll: false } },
  },
})

/** Colours of state: good, at work, attention, trouble, away. Text tones keep 4.5:1 on their soft grounds. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--k-on-ink': '#ffffff',
    '--k-ground': '#eef1f4',
    '--k-panel': '#ffffff',
    '--k-line': '#dbe1e7',
    '--k-text': '#18212a',
    '--k-quiet': '#566473',
    '--k-hover': '#f3f6f8',
    '--k-good': '#12704a',
    '--k-good-soft': '#dff3e8',
    '--k-good-fill': '#157a50',
    '--k-work': '#1b5fae',
    '--k-work-soft': '#e0ecfa',
    '--k-work-fill': '#2268b8',
    '--k-care': '#855300',
    '--k-care-soft': '#fdf0d3',
    '--k-care-fill': '#d38a07',
    '--k-bad': '#b3261e',
    '--k-bad-soft': '#fce4e2',
    '--k-bad-fill': '#c8342b',
    '--k-away': '#5a6774',
    '--k-away-soft': '#e7ebef',
    '--k-away-fill': '#93a0ad',
    '--mantine-color-dimmed': '#566473',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--k-on-ink': '#12171c',
    '--mantine-primary-color-contrast': '#12171c',
    '--k-ground': '#0f1317',
    '--k-panel': '#181d22',
    '--k-line': '#2b333b',
    '--k-text': '#e3e7ec',
    '--k-quiet': '#96a3b0',
    '--k-hover': '#1f252b',
    '--k-good': '#6fd3a1',
    '--k-good-soft': '#14301f',
    '--k-good-fill': '#1b8054',
    '--k-work': '#86bcf5',
    '--k-work-soft': '#14293f',
    '--k-work-fill': '#3579c4',
    '--k-care': '#f0bd5b',
    '--k-care-soft': '#35280d',
    '--k-care-fill': '#d9981f',
    '--k-bad': '#ff9088',
    '--k-bad-soft': '#3f1a18',
    '--k-bad-fill': '#cf4038',
    '--k-away': '#9aa7b3',
    '--k-away-soft': '#262d34',
    '--k-away-fill': '#66727d',
    '--mantine-color-dimmed': '#96a3b0',
    '--mantine-color-error': '#ff9088',
    '--mantine-color-body': '#181d22',
  },
})
