# The board
notices-title = 공고
notices-lead = 모두가 알아야 할 일을 여기에 붙입니다. 공고 기간에는 누구나 이의를 낼 수 있습니다.
notices-tab-now = 공고 중
notices-tab-past = 지난 공고
notices-tab-drafts = 초안
notices-none = 아직 공고가 없습니다
notices-none-hint = 새 공고는 여기에 붙습니다.
notices-feed = 공고 구독 (Atom)

# One notice
notice-state-draft = 초안
notice-state-posted = 공고 중
notice-state-ended = 종료
notice-state-withdrawn = 철회
notice-days-title = 공고 기간
notice-law = 근거
notice-days = 기간
notice-counted-days = { $n }일
notice-counted-days-to-workday = { $n }일, 마지막 날이 휴일이면 다음 근무일까지
notice-counted-workdays = 근무일 { $n }일
notice-least = 최소 { $n }일
notice-from = 게시일
notice-until = 마지막 날
notice-until-day = { $day }까지
notice-closed-ended = 종료일
notice-closed-withdrawn = 철회일
notice-counting = 붙인 날은 세지 않고 다음 날부터 셉니다. 마지막 날은 그날이 끝날 때까지입니다(민법전 제201조, 제203조).
notice-was-withdrawn = 이 공고는 철회되었습니다
notice-was-corrected = 내용이 정정되어 기간을 그날부터 다시 셉니다
notice-versions = 정정 내용
notice-version = { $n }번째, { $from }부터 { $until }까지
notice-proof-title = 직접 확인하기
notice-proof = 언제 붙였고 고쳤는지가 기록에 남아 있으며, 아무도 몰래 바꿀 수 없습니다.
notice-proof-link = 기록 보기
notice-verdict-link = 기간 판정
notice-api = 데이터 (JSON)
notice-subject-link = 공고 대상
notice-share =
    【공고】{ $title }
    { $place }, { $until }까지. 이의가 있으면 링크를 여세요.

# Kinds
notice-kind-residents-affairs = 주민위원회 업무 공개
notice-kind-residents-meeting = 주민회의 통지
notice-kind-roll = 명부 공고
notice-kind-owners-meeting = 소유자총회 통지
notice-kind-owners-decision = 소유자 공동 결정
notice-kind-property-committee-meeting = 관리위원회 회의 통지
notice-kind-deliberation = 의논 예고
notice-kind-minutes = 회의록
notice-kind-grant-approval = 지원 명단
notice-kind-accounts = 회계 공개
notice-kind-other = 기타

# Which rule demands it
law-organic-34 = 도시주민위원회조직법 제34조
law-organic-26 = 도시주민위원회조직법 제26조
law-organic-17 = 도시주민위원회조직법 제17조~제19조
law-beijing-property-35 = 베이징시 물업관리조례 제35조
law-beijing-property-37 = 베이징시 물업관리조례 제37조
law-beijing-property-58 = 베이징시 물업관리조례 제58조
law-house = 이곳의 기본 규칙(법률에 일수가 없음)

# Keeping a notice
notice-new = 공고 쓰기
notice-new-lead = 무슨 일인지, 누가 정했는지, 이의는 어떻게 내는지 적어 주세요. 붙인 뒤에 고치면 기간을 다시 셉니다.
notice-field-kind = 종류
notice-field-kind-hint = 종류에 따라 최소 기간이 정해집니다.
notice-field-title = 제목
notice-field-body = 내용
notice-field-body-hint = 전화번호, 신분증 번호, 주소는 쓰지 마세요.
notice-field-days = 일수
notice-field-days-hint = 비워 두면 규정의 최소 일수입니다.
notice-field-why = 정정 이유
notice-field-why-hint = 모두가 볼 수 있습니다.
notice-field-reason = 철회 이유
notice-field-reason-hint = 모두가 볼 수 있습니다.
notice-keep-title = 처리
notice-keep-draft = 초안으로 저장
notice-post = 게시하기
notice-correct = 내용 정정
notice-correct-restarts = 정정하면 기간을 오늘부터 다시 세고, 이전 내용도 계속 볼 수 있습니다.
notice-end = 공고 종료
notice-end-later = 기간이 끝난 뒤에 종료할 수 있습니다.
notice-withdraw = 공고 철회
notice-owes-correction = 받아들인 이의 { $n }건이 있어 먼저 정정해야 종료할 수 있습니다.
notice-done-object = 의견을 받았습니다. 곧 답변드립니다.
notice-done-answer = 답변했습니다.
notice-done-post = 게시했습니다.
notice-done-correct = 정정했습니다. 기간을 오늘부터 다시 셉니다.
notice-done-end = 공고를 종료했습니다.
notice-done-withdraw = 철회했습니다.

# Objections
objections-title = 이의 { $n }건
objections-none = 아직 이의가 없습니다.
objection-form-title = 이의 있습니다
objection-until = { $day }이 끝날 때까지 낼 수 있습니다.
objection-field-words = 무엇이 잘못되었나요
objection-field-words-hint = 본인과 답변 담당자만 볼 수 있습니다.
objection-field-shown-as = 공개할 때 부를 이름
objection-field-shown-as-hint = 비워 두면 ‘한 주민’으로 표시합니다.
objection-privacy = 내용과 신원은 공개하지 않고, 건수와 답변만 공개합니다.
objection-send = 보내기
objection-sign-in = 로그인하고 내기
objection-at-the-desk = 주민센터 창구에서 직원이 대신 입력해 드릴 수도 있습니다.
objection-by-resident = 한 주민
objection-yours = 본인이 낸 이의입니다.
objection-due = 답변 기한
objection-state-open = 답변 대기
objection-state-answered = 답변함
objection-state-upheld = 받아들임
objection-state-rejected = 받아들이지 않음
objection-answer = 답변하기
objection-answer-title = 답변
objection-field-outcome = 결론
objection-as-upheld = 맞습니다. 공고를 정정해야 합니다
objection-as-rejected = 맞지 않습니다. 이유는 아래와 같습니다
objection-as-answered = 문의이거나 다른 일입니다
objection-field-answer = 답변 내용
objection-field-answer-hint = 모두가 볼 수 있으니 누가 냈는지 쓰지 마세요.
objection-in-conflict = 이의를 낸 사람과 공고한 사람은 답변할 수 없습니다. 다른 담당자에게 부탁하세요.
objection-corrected-in = { $n }번째 내용에서 정정했습니다.

# What was refused
refusal-notice-not-found = 그런 공고가 없습니다.
refusal-objection-not-found = 그런 이의가 없습니다.
refusal-notice-wrong-state = 지금은 할 수 없습니다. 아직 게시 전이거나 종료 또는 철회된 공고일 수 있습니다.
refusal-notice-too-short = 이 종류의 공고는 최소 { $least }일입니다. 입력한 일수는 { $days }일입니다.
refusal-notice-kind-ended = 이 종류는 더 이상 쓰지 않습니다. 다른 종류를 고르세요.
refusal-notice-still-running = { $day }이 끝날 때까지 공고하며, 다음 날부터 종료할 수 있습니다.
refusal-objections-open = 답변하지 않은 이의가 { $n }건 있습니다. 먼저 답변하세요.
refusal-correction-owed = 받아들인 이의가 { $n }건 있습니다. 먼저 공고를 정정하세요.
refusal-objections-closed = 이의 기간은 { $day }까지였습니다.
refusal-objection-answered = 이 이의는 이미 답변되었습니다.
refusal-too-many-objections = 이 공고의 이의가 한도 { $limit }건에 이르렀습니다. 주민센터에 문의하세요.
refusal-too-many-corrections = 정정이 너무 많습니다(최대 { $limit }번). 철회하고 새로 올리세요.
refusal-nothing-changed = 바뀐 내용이 없습니다.

# Entries of the log
entry-notice-drafted = 공고 초안을 썼습니다
entry-notice-posted = 공고를 게시했습니다
entry-notice-corrected = 공고를 정정하고 기간을 다시 셉니다
entry-notice-ended = 공고가 끝났습니다
entry-notice-withdrawn = 공고를 철회했습니다
entry-objection-made = 이의가 들어왔습니다
entry-objection-answered = 이의에 답변했습니다
objection-owed-by = { $holder }이(가) 답변합니다
objection-owed-by-nobody = 아직 답변을 맡은 사람이 없습니다
notice-whole-list = 전체 명단과 사업마다의 이유 보기
notice-whole-results = 사업마다 평가 결과와 지금의 진행 상황 보기
notice-kind-owners-meeting-by-rules = 소유자총회 통지(지역 규칙에 따름)
law-owners-rules = 이번 표결의 규칙(공고에 적힘)
