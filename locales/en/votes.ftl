
refusal-key-taken = The ballot was not cast. Please send it once more.
refusal-no-such-ballot = This link opens no ballot. A character may be missing, or the vote is over.
refusal-vote-yourself = Everybody votes in person. Please go back to acting for yourself.
refusal-not-a-resident = You are not on the roll of residents yet. Please bring a document to the community office, or vote with the code in your letter.
entry-roll-letters-printed = Voting letters were printed
