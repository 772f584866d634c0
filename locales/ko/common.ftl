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

# Counts of people and of attendances
count-people-more = { $n }여 명
count-attendances = 연인원 { $n }명
count-attendances-more = 연인원 { $n }여 명

# Letters and light
view-label = 언어와 화면
view-open = 큰글씨 文A
view-to-plain = 보통 화면
view-letters = 글자 크기
view-plain = 보통
view-elder = 큰 글씨
view-theme = 색상
theme-auto = 기기 설정대로
theme-light = 밝게
theme-dark = 어둡게

# What is due
light-fine = 여유 있음
due-basis = 근거: { $basis }
due-provisional = 잠정
due-provisional-why = 그해의 공휴일이 아직 발표되지 않아 날짜가 바뀔 수 있습니다.

# Files and photos
photos = 사진
photos-hint = 어디인지 알 수 있게 찍어 주세요. 다른 사람의 얼굴과 차량 번호판은 나오지 않게 해 주세요.
photos-kept = 사진 { $n }장을 이미 받았습니다. 다시 고르지 않으셔도 됩니다.
photos-lost = 먼저 보낸 사진 가운데 쓸 수 없게 된 것이 있습니다. 다시 골라 한 번 더 보내 주세요.
photo-alt = 사진 { $n }
upload-limit = 올릴 수 있는 형식: { $kinds }. 최대 { $n }개, 한 개당 { $size }까지.
upload-too-large = 파일이 너무 큽니다. 더 작은 파일을 골라 주세요
file-withheld = 비공개

# Work with many rows
pick-column = 선택
pick-row = 선택: { $name }
pick-do = 선택한 항목:
sort-up = 오름차순
sort-down = 내림차순
filter-on = 적용 중인 조건
filter-more = 조건 더 보기
filter-off = 이 조건 빼기
filter-clear = 모두 빼기
chart-table = 숫자로 보기

# Public notices
posting-word = 공고
posting-dates = { $from }부터 { $until }까지
posting-before = 아직 시작 전
posting-over = 공고 기간 끝남
posting-objections = 이의 { $n }건
posting-object = 의견이 다릅니다

# Receipts
receipt-number = 번호
receipt-qr = 진행 상황을 볼 수 있는 QR 코드
receipt-find = QR 코드를 찍거나 휴대전화에서 이 주소를 열면 진행 상황을 볼 수 있습니다.

# Taking along
share-title = 단체 채팅방에 알리기
share-hint = 아래 글을 길게 눌러 전체 선택하고 복사한 뒤 채팅방에 붙여 넣으세요.
share-copy = 글과 링크 복사
share-done = 복사했습니다. 채팅방에 붙여 넣으세요
share-picture = 사진을 길게 누르면 저장할 수 있습니다. 저장한 뒤 채팅방에 보내세요.
share-qr = QR 코드: 스캔하면 이 페이지가 열립니다

# Verdicts
verdict-word = 판정
verdict-rule = 적용한 규칙:
verdict-digest = 입력값의 지문
verdict-compute = 직접 계산해 보기

# Asking, waiting, attending
confirm-facts = 확인하면 이렇게 됩니다.
confirm-back = 나중에 할게요
progress-of = { $whole } 중 { $part }
waiting-again = 다시 보기
presence-open = 확인 전
presence-present = 참석
presence-absent = 불참
presence-excused = 사유 불참
presence-proxy = 위임
place-path-label = 위치
count-more = { $n }여
