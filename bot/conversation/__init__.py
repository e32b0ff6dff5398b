"""What is said to whom: every answer, refusal and form of the chat, without Discord.

Each function takes the `Desk` (articles, ledger, settings, clock), the `Actor` as Discord describes
them at this very moment, and values; it checks that this actor may do this to that thing now, does
it in one transaction, and returns a `bot.rendering.screen.Screen`. A refusal is `Refused` with a
line of the catalogue. The functions block, so `bot.chat` calls them off the event loop; `quoth
demo` calls the same ones.
"""
