
papers-waiting = 아직 끝나지 않은 종이 투표
papers-waiting-note = 모두 끝나야 투표를 마감할 수 있습니다.
papers-waiting-one = 번호 { $number }
paper-needs-second = 한 사람이 읽었습니다. 다른 사람이 종이를 보고 한 번 더 입력해 주세요.
paper-needs-third = 두 사람이 다르게 읽었습니다. 아직 읽지 않은 세 번째 사람이 종이를 보고 입력해 둘 중 하나와 같으면 정해집니다.
paper-read-again = 다시 읽기
paper-discard-title = 다시 읽을 수 없는 경우
paper-discard-note = 읽은 내용이 취소되어 집계되지 않습니다. 나중에 종이를 찾으면 다시 읽을 수 있습니다. 공개 기록에는 취소했다는 것과 이유만 남고 번호는 남지 않습니다.
paper-why-wrong-number = 번호를 잘못 입력했습니다. 실제로는 다른 종이입니다
paper-why-missing = 종이를 찾을 수 없습니다
paper-discarded = 취소했습니다. 이유는 공개 기록에 남았습니다.
entry-paper-discarded = 종이 투표의 입력을 취소했습니다
