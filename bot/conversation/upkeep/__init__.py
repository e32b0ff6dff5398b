"""What nobody asks for: correcting posted answers, retention, servers that come and go."""
