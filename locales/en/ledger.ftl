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
        [one] Start from this entry's fingerprint and combine it with the { $n } fingerprint in the receipt; you arrive at the one in the checkpoint.
       *[other] Start from this entry's fingerprint and combine it in turn with the { $n } fingerprints in the receipt; you arrive at the one in the checkpoint.
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

# Looking at the log
ledger-about = Entries about it
ledger-about-note = Only entries about { $subject } are listed. Ballots and roll marks stand in random order and are not listed; find them by their number.
ledger-all = Show all entries
ledger-no-day = No time kept
ledger-find-title = Find an entry
ledger-find-field = Number of an entry or a ballot
ledger-find-hint = As on the receipt, such as 7-0f3k… .
ledger-find-go = Find it
ledger-find-none-title = Not found
ledger-find-none = The ledger has no such number. Please check it for slips first. If the vote is still open: ballots stay sealed until it closes and only then enter the ledger; please look again after that.
ledger-find-not-an-id = This does not look like a number from a receipt: a figure, a dash, then 20 or 24 letters and digits.
ledger-signed = The checkpoint is signed anew each time entries are added (Ed25519).
ledger-checkpoint-text = The checkpoint, word for word
ledger-file-checkpoint = Checkpoint file
ledger-file-key = Public key file
ledger-file-proof = Download the receipt of this entry
ledger-tiles = Programs can fetch /checkpoint and /tile/… directly. The format is C2SP tlog-tiles, so verifiers written by others work too.
ledger-entry-open = Open what it is about
ledger-entry-kind-code = Kind
ledger-entry-id = Id
ledger-entry-commit = Fingerprint of the part kept private
ledger-exact = The entry, byte for byte
ledger-exact-note = The fingerprint is computed from exactly these bytes.
ledger-proof-holds = Checked just now: this entry is in the signed log.
ledger-proof-fails = The check failed: this entry does not match the signed fingerprint. Please tell your community office.
ledger-proof-keep = Keep the receipt, and you can show later, without a network, that this entry was in the log.

# An entry in one sentence: its kind after "told-"
told-place-added = The place “{ $name }” was added.
told-season-opened = The season “{ $name }” began to collect ideas.
told-idea-posted = A resident brought an idea.
told-project-added = Project { $n } was listed: “{ $name }”.
told-roll-enrolled = { $n ->
        [one] { $n } voter was put on the roll.
       *[other] { $n } voters were put on the roll.
    }
told-roll-marked = The roll notes that one person voted.
told-vote-opened = { $n ->
        [one] Voting opened with { $n } project.
       *[other] Voting opened with { $n } projects.
    }
told-ballot-cast = A ballot for these projects: { $choices }.
told-ballot-empty = A blank ballot.
told-vote-closed = Voting closed and the sealed ballots were opened.
told-verdict-published = The result was published: { $ballots } ballots, { $winners } projects chosen.
