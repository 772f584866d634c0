# What the log is
ledger-title = 공개 장부
ledger-lead = 일어난 일을 순서대로 적습니다. 덧붙일 수만 있고 고치거나 지울 수 없습니다.
ledger-what-title = 왜 믿을 수 있나
ledger-what = 기록마다 지문이 있고, 모든 지문이 모여 하나의 전체 지문이 됩니다. 어느 하나라도 바뀌면 전체 지문이 맞지 않아 누구나 알 수 있습니다.
ledger-privacy = 공개되는 부분에는 개인 정보가 없습니다.
ledger-empty = 아직 기록이 없습니다

# Checkpoints and entries
ledger-size = 기록 수
ledger-checkpoint = 체크포인트
ledger-checkpoint-explain = 체크포인트에는 기록 수와 전체 지문이 적혀 있고 서명이 있습니다. 적어 두면 나중에 장부가 바뀌지 않았음을 증명할 수 있습니다.
ledger-root = 전체 지문
ledger-origin = 장부 이름
ledger-key = 서명 공개 키
ledger-entries = 최근 기록
ledger-entry = { $n }번 기록
ledger-entry-number = 번호
ledger-entry-kind = 무슨 일
ledger-entry-subject = 대상
ledger-entry-when = 시각
ledger-entry-content = 내용
ledger-proof-title = 이 기록은 장부 안에 있습니다
ledger-proof-explain = 이 기록의 지문에서 시작해 아래 지문 { $n }개를 차례로 더해 계산하면 체크포인트의 전체 지문이 나옵니다.
ledger-leaf = 이 기록의 지문

# Checking at home
ledger-verify-title = 집에서 직접 확인하기
ledger-verify-lead = 저희를 믿지 않으셔도 되고 인터넷도 필요 없습니다. 보통 컴퓨터 한 대면 충분합니다.
ledger-verify-step-download = 공개 데이터 묶음을 내려받습니다.
ledger-verify-step-run = 컴퓨터에서 아래 명령을 실행합니다.
ledger-verify-step-compare = 모든 지문과 투표 결과를 다시 계산하며, 한 바이트만 바뀌어도 알려 줍니다.
ledger-verify-step-witness = 전체 지문을 이웃이 가진 것과 견주어 보세요. 똑같아야 합니다.
ledger-download = 공개 데이터 묶음 내려받기

# What an entry tells: its kind after "entry-"
entry-place-added = 장소를 등록했습니다
entry-person-registered = 사람을 등록했습니다
entry-season-opened = 시즌을 열었습니다
entry-idea-posted = 아이디어를 받았습니다
entry-project-added = 프로젝트를 올렸습니다
entry-roll-enrolled = 투표인 명부에 올렸습니다
entry-roll-marked = 명부에 투표했다고 표시했습니다
entry-vote-opened = 투표를 시작했습니다
entry-ballot-cast = 표 한 장이 들어왔습니다
entry-vote-closed = 투표를 마감했습니다
entry-verdict-published = 결과를 공개했습니다
entry-other = 그 밖의 기록
