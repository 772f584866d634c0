
papers-waiting = These papers are not finished
papers-waiting-note = The vote cannot be closed before they are.
papers-waiting-one = Number { $number }
paper-needs-second = One person has read it; somebody else reads it once more from the paper.
paper-needs-third = Two people read it differently; a third who has not read it types it in from the paper, and the one it agrees with holds.
paper-read-again = Read it again
paper-discard-title = It cannot be read again
paper-discard-note = What was read is taken back and nothing of it counts; should the paper be found, it may be read anew. The public record says that it was done and why, without the number.
paper-why-wrong-number = The number was mistyped: it was another paper
paper-why-missing = The paper cannot be found
paper-discarded = Taken back; the public record says why.
entry-paper-discarded = What was read on a paper was taken back
