import {
  IconAdjustments,
  IconArrowBack,
  IconBell,
  IconBellRinging,
  IconBookmark,
  IconCalendarTime,
  IconDatabaseSearch,
  IconDialpad,
  IconHelpHexagon,
  IconHourglass,
  IconInfoCircle,
  IconListNumbers,
  IconMessage,
  IconMicrophone,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconQuestionMark,
  IconRecordMail,
  IconRoute,
  IconSitemap,
  IconSpeakerphone,
  IconStars,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react'
import { createElement } from 'react'

const ICONS: Record<string, TablerIcon> = {
  play: IconSpeakerphone,
  inform: IconInfoCircle,
  finish: IconPhoneOff,
  menu: IconListNumbers,
  extension: IconDialpad,
  ask: IconQuestionMark,
  survey: IconStars,
  offer_callback: IconPhoneCall,
  enqueue: IconHourglass,
  to_agent: IconUser,
  ring_in_turn: IconBell,
  ring_group: IconBellRinging,
  to_number: IconPhoneOutgoing,
  take_message: IconMessage,
  voicemail: IconRecordMail,
  schedule: IconCalendarTime,
  by_mode: IconAdjustments,
  branch: IconSitemap,
  assign: IconBookmark,
  lookup: IconDatabaseSearch,
  record: IconMicrophone,
  to_scenario: IconRoute,
  return: IconArrowBack,
}

/** A kind that is new in the core has no picture of its own yet. */
export function KindIcon({ kind, size }: { kind: string; size: number }) {
  return createElement(ICONS[kind] ?? IconHelpHexagon, { size, 'aria-hidden': true })
}
