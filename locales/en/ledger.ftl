# What the log is
ledger-title = Ledger
ledger-lead = Everything that happened is written here in order. Entries can be added, never changed and never removed.
ledger-what-title = Why you can trust it
ledger-what = Each entry has a fingerprint, and all of them together make one. Change any entry and that one no longer matches, which anyone can see.
ledger-privacy = The public part holds no personal data.
ledger-empty = No entries yet

# Checkpoints and entries
ledger-size = Entries
ledger-checkpoint = Checkpoint
ledger-checkpoint-explain = A checkpoint states how many entries there are and their common fingerprint, and it is signed. Keep a copy, and you can prove later that nothing was changed.
ledger-root = Common fingerprint
ledger-origin = Name of the log
ledger-key = Public signing key
ledger-entries = Latest entries
ledger-entry = Entry { $n }
ledger-entry-number = Number
ledger-entry-kind = What happened
ledger-entry-subject = About
ledger-entry-when = When
ledger-entry-content = Content
ledger-proof-title = This entry is in the log
ledger-proof-explain = { $n ->
        [one] Start from this entry's fingerprint and combine it with the { $n } fingerprint below; you arrive at the one in the checkpoint.
       *[other] Start from this entry's fingerprint and combine it in turn with the { $n } fingerprints below; you arrive at the one in the checkpoint.
    }
ledger-leaf = Fingerprint of this entry

# Checking at home
ledger-verify-title = Check it at home
ledger-verify-lead = You need not trust us, and you need no network: an ordinary computer is enough.
ledger-verify-step-download = Download the public export.
ledger-verify-step-run = Run the command below on your computer.
ledger-verify-step-compare = It recomputes every fingerprint and every result of a vote, and points out even a single changed byte.
ledger-verify-step-witness = Compare the common fingerprint with your neighbour's copy: they should be the same.
ledger-download = Download the public export

# What an entry tells: its kind after "entry-"
entry-place-added = A place was added
entry-person-registered = A person was registered
entry-season-opened = A season was opened
entry-idea-posted = An idea came in
entry-project-added = A project was listed
entry-roll-enrolled = Voters were enrolled
entry-roll-marked = The roll was marked: someone voted
entry-vote-opened = Voting opened
entry-ballot-cast = A ballot was cast
entry-vote-closed = Voting closed
entry-verdict-published = The result was published
entry-other = Another kind of entry
