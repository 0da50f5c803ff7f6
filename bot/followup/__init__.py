"""What happens after the talk: what a person promised, and when the coach may come back to it.

Pure: time comes in as an argument. Imports nothing of ours but `errors`.
"""
