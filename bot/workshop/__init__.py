"""What dialogue authors use: the real engine without Telegram, and views of a book. Speaks on the terminal."""
