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
ledger-proof-explain = 이 기록의 지문에서 시작해 증명서에 있는 지문 { $n }개를 차례로 더해 계산하면 체크포인트의 전체 지문이 나옵니다.
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

# Looking at the log
ledger-about = 관련 기록
ledger-about-note = { $subject } 관련 기록만 보여 드립니다. 투표지와 명부 표시는 무작위 순서로 섞여 있어 목록에 없으며, 번호로 찾을 수 있습니다.
ledger-all = 모든 기록 보기
ledger-no-day = 시각을 남기지 않음
ledger-find-title = 기록 찾기
ledger-find-field = 기록 또는 투표지 번호
ledger-find-hint = 영수증에 적힌 대로, 예: 7-0f3k…
ledger-find-go = 찾기
ledger-find-none-title = 찾지 못했습니다
ledger-find-none = 장부에 그런 번호가 없습니다. 먼저 잘못 옮겨 적지 않았는지 확인해 주세요. 투표가 아직 진행 중이라면 투표지는 마감될 때까지 봉인되어 있고 그 뒤에 장부에 들어가니, 그때 다시 찾아 주세요.
ledger-find-not-an-id = 번호의 모양이 아닙니다. 번호는 숫자 하나, 붙임표, 그리고 글자와 숫자 20자 또는 24자입니다.
ledger-signed = 기록이 더해질 때마다 체크포인트에 새로 서명합니다 (Ed25519).
ledger-checkpoint-text = 체크포인트 원문
ledger-file-checkpoint = 체크포인트 파일
ledger-file-key = 공개 키 파일
ledger-file-proof = 이 기록의 증명서 내려받기
ledger-tiles = 프로그램은 /checkpoint와 /tile/…을 바로 받을 수 있습니다. C2SP tlog-tiles 형식이므로 다른 곳에서 만든 검증 도구도 쓸 수 있습니다.
ledger-entry-open = 관련 페이지 열기
ledger-entry-kind-code = 종류
ledger-entry-id = 번호
ledger-entry-commit = 비공개 부분의 지문
ledger-exact = 기록 원문
ledger-exact-note = 지문은 정확히 이 바이트들로 계산합니다.
ledger-proof-holds = 방금 확인했습니다. 이 기록은 서명된 장부 안에 있습니다.
ledger-proof-fails = 확인에 실패했습니다. 이 기록이 서명된 전체 지문과 맞지 않습니다. 사구(社区) 직원에게 알려 주세요.
ledger-proof-keep = 증명서를 보관해 두시면 나중에 네트워크 없이도 이 기록이 장부에 있었음을 보일 수 있습니다.

# An entry in one sentence: its kind after "told-"
told-place-added = ‘{ $name }’ 장소를 등록했습니다.
told-season-opened = ‘{ $name }’ 시즌이 아이디어를 모으기 시작했습니다.
told-idea-posted = 한 주민이 아이디어를 제안했습니다.
told-project-added = 프로젝트 { $n }번을 올렸습니다: ‘{ $name }’.
told-roll-enrolled = 투표 명부에 { $n }명을 올렸습니다.
told-roll-marked = 명부에 한 사람이 투표했다고 표시했습니다.
told-vote-opened = 투표를 시작했습니다. 프로젝트은 모두 { $n }개입니다.
told-ballot-cast = 투표지 한 장, 고른 프로젝트: { $choices }.
told-ballot-empty = 빈 투표지 한 장입니다.
told-vote-closed = 투표를 마감하고 봉인된 투표지를 열었습니다.
told-verdict-published = 결과를 공개했습니다. 투표지 { $ballots }장, 선정된 프로젝트 { $winners }개입니다.
