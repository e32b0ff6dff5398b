"""Discord itself: listening, sending, and nothing that needs judgement.

A handler gathers what Discord says into values, calls a function of `bot.conversation` off the
event loop, and delivers the screen that comes back. Buttons and forms carry a `bot.actions.Target`
and nothing else, so they work after a restart.
"""
