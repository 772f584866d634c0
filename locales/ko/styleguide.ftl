# Sample words of the page /styleguide
# The page itself
sg-title = 스타일 가이드
sg-lead = 모든 부품을 모든 상태로 한 쪽에 모았습니다. 사람과 숫자는 지어낸 것입니다.
sg-s-colours = 색과 글자
sg-s-buttons = 버튼
sg-s-way = 위치와 길
sg-s-matter = 일의 흐름
sg-s-due = 기한과 책임
sg-s-forms = 입력 양식
sg-s-wrong = 고쳐야 할 양식
sg-s-confirm = 한 번 더 묻기
sg-s-said = 알림
sg-s-postings = 공고
sg-s-papers = 접수증, 인쇄, 공유
sg-s-verdicts = 판정과 증빙
sg-s-numbers = 숫자와 그림
sg-s-tables = 목록과 표
sg-s-people = 사람과 단체
sg-s-states = 없음, 하나, 거절
sg-s-problems = 문제 안내

# Colours and type
sg-colour-ink = 먹색: 읽을 글
sg-colour-soft = 옅은 먹색: 덧붙이는 말
sg-colour-needs-you = 주홍: 직접 하실 일
sg-colour-done = 청자색: 끝난 일
sg-colour-due = 황토색: 곧 마감
sg-type-h2 = 제목은 명조체로
sg-type-h3 = 작은 제목은 한 가지 일
sg-type-body = 본문은 고딕체에 줄 사이를 넉넉히 두고, 이웃이 말하듯 짧게 씁니다. 어려운 말은 쉬운 말로 바꿉니다.
sg-type-small = 작은 글씨는 덧붙이는 말에만 쓰고, 큰 글씨 화면에서도 18픽셀보다 작지 않습니다.

# Buttons
sg-btn-first = 참여하기
sg-btn-plain = 자세히 보기
sg-btn-quiet = 나중에
sg-btn-danger = 공고 취소
sg-btn-waiting = 보내는 중
sg-btn-long = 선택한 민원 열두 건을 안외 주민위원회로 함께 넘기고 제기한 분들께 알리기

# Places and people
sg-street = 안전 가도
sg-community = 안외 지역사회
sg-community2 = 안화리 지역사회
sg-community3 = 와이관 지역사회
sg-building = 14동
sg-committee = 안외 주민위원회
sg-property = 허순 관리회사
sg-person1 = 류 아주머니
sg-person2 = 장 기사님
sg-person3 = 구양 약란
sg-person-long = 막시밀리아나 볼페슐레겔슈타인하우젠베르거도르프
sg-role-rep = 주민 대표
sg-role-worker = 지역 활동가
sg-role-lift = 승강기 기사
sg-long-name = 여러 해 비어 있던 14동 동쪽 자전거 보관소를 이웃 회의실과 어린이 책방으로 바꾸고 경사로와 손잡이와 야간 조명을 설치하는 일

# A matter
sg-matter = 14동 전기자전거를 어디에 세우고 어디서 충전할까
sg-due-today = 오늘 마감
sg-now-title = 지금 누가 할 차례인가
sg-now-text = 감독을 맡은 류 아주머니가 오늘 충전소에 들러 세 문장을 적고 사진을 한 장 찍습니다.
sg-now-act = 다녀왔어요, 적을게요
sg-e1 = 두 번째 현장 점검
sg-e1-text = 지난번에 밤에 어둡다는 지적이 있어 관리회사가 9월 15일까지 등을 달기로 했습니다. 달렸는지 봐 주세요.
sg-e2 = 충전소 문을 열다, 30자리
sg-e2-text = 소방, 도시관리, 전력 세 곳이 함께했습니다. 비용 4.8만 위안, 영수증 6장 공개.
sg-e3 = 세 번째 회의: 보관소를 짓고 석 달 시험하기
sg-e3-text = 26명 참석, 찬성 22, 반대 3, 기권 1: 통과.
sg-e4 = 평가
sg-photo1 = 세 줄로 된 충전소
sg-photo2 = 밤에 켜진 등
sg-photo3 = 자전거가 없어진 복도
sg-thread-none = 아직 기록이 없습니다
sg-thread-none-hint = 누군가 첫 문장을 적으면 여기서 시작됩니다.

# What is due
sg-d1 = 와이관: 7월 주민회의를 아직 열지 않음
sg-d1-basis = 매달 한 번 이상
sg-d2 = 가로등 고장: 알려 준 분께 연락하기
sg-d2-basis = 24시간 안에 연락
sg-d3 = 승강기 설치 의견 조사 결과 게시하기
sg-d4 = 어르신 그림반: 중간 자료 내기
sg-board = 한 해 열두 번 회의, 지역마다 어디까지 왔나
sg-board-place = 지역
sg-board-sum = 횟수
sg-board-missing = 빠
sg-board-today = 오늘
sg-cell-done = { $month }월: { $n }회 열림
sg-cell-late = { $month }월: 열지 않음
sg-cell-soon = { $month }월: 오늘 열림

# Forms
sg-f-title = 한 문장으로
sg-f-title-hint = 예: 14동 동쪽 가로등이 꺼져 있어요
sg-f-body = 더 자세히
sg-f-body-value = 어르신들이 장을 보고 오는 길에 쉴 곳이 없어요.
sg-f-money = 비용
sg-f-money-unit = 위안
sg-f-people = 도움을 받는 사람 수(대략)
sg-f-day = 언제까지
sg-f-time = 몇 시가 편하세요
sg-f-phone = 휴대전화 번호
sg-f-phone-hint = 답을 드릴 때만 쓰고 공개하지 않습니다.
sg-f-place = 어느 지역
sg-f-who = 누구신가요
sg-f-who-owner = 소유자
sg-f-who-owner-more = 본인이나 가족의 집
sg-f-who-tenant = 세입자
sg-f-who-tenant-more = 이곳에 세 들어 삶
sg-f-topics = 어떤 일인가요
sg-f-topic-1 = 가로등과 복도 조명
sg-f-topic-2 = 주차
sg-f-topic-3 = 쓰레기 분리배출
sg-f-photos = 사진
sg-f-photos-hint = 찍지 못해도 괜찮습니다. 활동가가 가서 봅니다.
sg-f-contact = 연락처
sg-f-contact-hint = 하나만 적으시면 됩니다.
sg-f-reason = 이유

# Asking once more
sg-c-title = 이 공고를 취소할까요?
sg-c-fact1 = 공고에 ‘취소됨’이 표시되고 원문은 그대로 볼 수 있습니다.
sg-c-fact2 = 소식을 받는 23명에게 알림이 갑니다.
sg-c-fact3 = 취소하면 되돌릴 수 없고 새로 공고해야 합니다.

# Messages
sg-m-ok = 받았습니다. 번호는 0037입니다. 사흘 안에 답을 드립니다.
sg-m-due = 내일 17:00에 신청이 마감됩니다.
sg-m-needs = 보완하실 자료가 한 건 있습니다.
sg-m-plain = 이 화면은 매일 아침 새로 고칩니다.
sg-m-title = 신청 마감이 다가옵니다
sg-none = 아직 아이디어가 없습니다
sg-none-hint = 첫 번째로 제안해 보세요.
sg-none-act = 제안하기
sg-wait = 표를 세고 있습니다
sg-wait-hint = 1분쯤 걸립니다. 다른 일을 하셔도 됩니다.
sg-progress = 확인한 접수증

# Notices
sg-p-title = 14동 승강기 설치 계획
sg-p-text = 계획, 비용 분담, 1층 주민의 의견이 모두 들어 있습니다.

# Papers
sg-r-title = 접수증
sg-r-when = 받은 때
sg-r-what = 내용
sg-r-answer = 답변 기한
sg-r-note = 이 접수증을 잘 보관해 주세요. 휴대전화가 없어도 번호로 알아볼 수 있습니다.
sg-share-text = [안외] 14동 충전소가 다음 주 월요일에 문을 엽니다. 30자리, 먼저 오신 분부터.
sg-file1 = 세 번째 회의록
sg-file2 = 비용 내역과 영수증
sg-file3 = 참석자 서명
sg-file3-note = 개인 정보가 있어 참석자만 볼 수 있습니다
sg-paper-title = 세 번째 회의 결정문
sg-paper-text = 참석한 대표 과반수의 찬성으로 14동 동쪽에 충전소를 짓고, 석 달 써 본 뒤 주민이 평가합니다.

# Verdicts
sg-v-yes = 통과
sg-v-no = 부결
sg-v-wait = 아직 정할 수 없음
sg-v-yes-text = 찬성 22표로 참석자 26명의 절반을 넘었습니다.
sg-v-no-text = 찬성 12표로 참석자 26명의 절반에 못 미쳤습니다.
sg-v-wait-text = 31명 중 18명이 왔습니다. 3분의 2가 되려면 3명이 더 필요합니다.
sg-v-rule = 회의 규칙 제5조(2021년 1월부터)
sg-v-should = 대상
sg-v-came = 참석
sg-v-for = 찬성

# Numbers
sg-n-said = 제기한 사람
sg-n-came = 참여
sg-n-solved = 해결
sg-n-days = 걸린 기간
sg-n-note = 마친 날 기준
sg-chart = 이달 지역별 민원
sg-chart-value = 건수
sg-trend = 월별 민원
sg-month = 월
sg-month-n = { $n }월

# Tables
sg-t-caption = 처리할 민원
sg-t-matter = 민원
sg-t-place = 지역
sg-t-who = 담당
sg-t-due = 기한
sg-t-cost = 비용
sg-t-found = 214건 가운데 1~3번째
sg-t-assign = 넘기기
sg-t-export = 내려받기
sg-t-search = 찾을 말
sg-tab-all = 전체
sg-tab-mine = 내 담당
sg-tab-late = 기한 지남
sg-states-none = 하나도 없을 때
sg-states-one = 하나뿐일 때
sg-states-refused = 거절된 경우와 신호등
sg-states-written = 사람이 쓴 글과 접힌 내용
