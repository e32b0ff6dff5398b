"""``quoth demo``: the whole conversation in a terminal, without Discord and without a token.

Decisions
---------
The demo has no answers of its own. It calls the functions that the bot calls, presses the buttons
they put on their screens, and draws what comes back; so it shows what Discord would, and a screen
that loses a button breaks it. Its clock and its keys are fixed, so that it is the same each time.
"""
