"""Calls among ourselves: colleagues and other sites of ours. They are no contacts: nobody is owed anything for them."""
