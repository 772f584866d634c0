# The frame of every page
app-name = 린리
app-mark = 邻
app-tagline = 우리 동네 일, 함께 의논해서 합니다
nav-label = 주 메뉴
nav-home = 홈
nav-seasons = 공모 시즌
nav-ideas = 아이디어
nav-ledger = 공개 장부
skip-to-content = 본문으로 건너뛰기
lang-label = 언어
demo-ribbon = 시연용 데이터: 인물과 득표수는 모두 가상입니다
footer-label = 바닥글
footer-promise = 모든 일에는 책임자, 기한, 기준, 증빙, 답변이 있습니다.
footer-check = 직접 확인하는 방법
footer-source = 소스 코드와 라이선스
footer-top = 맨 위로
footer-licence = 자유 소프트웨어, AGPL-3.0 라이선스

# Buttons and links
btn-save = 저장
btn-send = 보내기
btn-cancel = 취소
btn-back = 뒤로
btn-edit = 수정
btn-delete = 삭제
btn-confirm = 확인
btn-search = 찾기
btn-filter = 걸러 보기
btn-more = 더 보기
btn-all = 모두 보기
btn-details = 자세히 보기
btn-download = 내려받기
btn-print = 인쇄
btn-home = 홈으로

# Small words
word-yes = 예
word-no = 아니요
word-none = 아직 없음
word-unknown = 알 수 없음
word-all = 전체
word-total = 합계
word-date = 날짜
word-name = 이름
word-status = 상태
word-details = 설명
empty-title = 아직 내용이 없습니다

# States; colour never stands alone
state-done = 완료
state-now = 진행 중
state-next = 예정
state-due = 기한 임박
state-late = 기한 지남
state-open = 진행 중
state-closed = 종료
notice-ok = 완료되었습니다
notice-due = 확인해 주세요
notice-needs-you = 직접 해 주셔야 합니다

# Counts
count-people = { $n }명
count-votes = { $n }표
count-projects = 프로젝트 { $n }개
count-ideas = 아이디어 { $n }개
count-matters = { $n }건
count-records = 기록 { $n }건
count-days = { $n }일

# Time
when-today = 오늘
when-tomorrow = 내일
when-yesterday = 어제
when-days-left = { $n }일 남음
when-days-late = { $n }일 지남
when-until = { $date }까지

# The five seals: 集 议 办 督 评
seals-label = 다섯 단계
seal-collect-mark = 集
seal-collect = 모으기
seal-deliberate-mark = 议
seal-deliberate = 의논
seal-do-mark = 办
seal-do = 실행
seal-supervise-mark = 督
seal-supervise = 감독
seal-appraise-mark = 评
seal-appraise = 평가

# Lists, tables, forms
pager-label = 쪽 넘기기
pager-previous = 이전 쪽
pager-next = 다음 쪽
breadcrumb-label = 현재 위치
table-scroll = 표가 넓습니다. 좌우로 밀어 보세요
thread-title = 진행 과정
form-errors = 고쳐야 할 곳이 { $n }군데 있습니다
form-optional = 선택
form-choose = 선택해 주세요

# Proof and money
proof-title = 증빙
proof-hash = 지문(SHA-256)
proof-full = 전체 지문 보기(복사용)
proof-explain = 지문은 내용으로 계산합니다. 한 글자만 바뀌어도 지문이 완전히 달라집니다.
budget-title = 돈은 어디에 쓰였나
budget-line = 예산: { $budget }, 사용: { $spent }, 잔액: { $left }.
budget-over = 예산: { $budget }, 사용: { $spent }, 초과: { $over }.

# Ends of lists
list-end = 여기까지입니다
list-first = 첫 쪽으로 돌아가기

# Licence and source of the running program
source-title = 소스 코드와 라이선스
source-lead = 이 프로그램은 자유 소프트웨어입니다. 누구나 쓰고, 읽고, 고치고, 나눌 수 있습니다.
source-program = 프로그램
source-version = 실행 중인 버전
source-licence = 라이선스
source-where = 실행 중인 이 버전의 전체 소스는 이곳에서 고친 부분까지 포함하여 이 사이트를 운영하는 곳에 요청하시면 됩니다. 운영하는 곳은 무료로 드려야 합니다.
source-right = 이 권리는 GNU Affero 일반 공중 사용 허가서 제3판 또는 그 이후 판의 제13조에 따른 것입니다.
