"""What a member, a moderator or an operator sees."""
