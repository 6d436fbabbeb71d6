"""The columns of the switch's own records: our name → the name in Asterisk's configuration, in file order."""

from __future__ import annotations

import re

CEL_BEGINS = re.compile(rb'"[A-Z_]+","[0-9]+\.[0-9]+","')
CDR_BEGINS = re.compile(rb'"[\w.-]+","[\w.-]*","')
"""how a record begins, see kaska.asterisk.records"""

CEL_COLUMNS = {
    "event": "eventtype",
    "at": "eventtime",
    "uniqueid": "uniqueid",
    "linkedid": "linkedid",
    "channel": "channame",
    "context": "context",
    "exten": "exten",
    "caller_number": "num",
    "caller_name": "name",
    "app": "appname",
    "peer": "peer",
    "userfield": "userfield",
    "user_event": "userdeftype",
    "extra": "eventextra",
}

CDR_COLUMNS = {
    "uniqueid": "uniqueid",
    "linkedid": "linkedid",
    "channel": "channel",
    "dst_channel": "dstchannel",
    "context": "dcontext",
    "exten": "dst",
    "caller_number": "src",
    "caller": "clid",
    "start": "start(double)",
    "answer": "answer(double)",
    "end": "end(double)",
    "duration": "duration",
    "billsec": "billsec",
    "disposition": "disposition",
    "app": "lastapp",
    "userfield": "userfield",
}
