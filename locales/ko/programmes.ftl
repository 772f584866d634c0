# The first page
home-title = 우리의 아이디어, 우리가 정합니다
home-lead = 누구나 아이디어를 낼 수 있습니다. 투표로 돈의 쓰임을 정하고, 결과는 이유를 밝히며, 모든 단계를 확인할 수 있습니다.
home-now = 지금 진행 중
home-results = 최근 결과
home-ideas = 새 아이디어
home-nothing = 지금 진행 중인 시즌은 없습니다. 아이디어는 언제든 먼저 적어 두실 수 있습니다.

# Seasons
seasons-title = 공모 시즌
seasons-lead = 시즌마다 아이디어 모집으로 시작해 투표, 결과 공개, 실행, 평가로 이어집니다.
seasons-none = 아직 시즌이 없습니다
seasons-none-hint = 첫 시즌이 열리면 여기에 게시합니다.
season-state-draft = 준비 중
season-state-collecting = 아이디어 모집 중
season-state-voting = 투표 중
season-state-closed = 투표 마감
season-state-published = 결과 공개
season-collecting-until = 아이디어 접수 기한: { $date }
season-voting-until = 투표 기한: { $date }
season-closed-note = 투표가 끝나 확인하고 있습니다.
season-published-on = 공개일: { $date }
season-budget = 총예산
season-projects = 프로젝트
season-ideas = 아이디어
season-voters = 투표한 사람
season-see-result = 결과와 이유 보기
season-see-projects = 프로젝트 보기
season-vote-now = 투표하러 가기
season-open-data = 투표 데이터 내려받기(Pabulib 형식)

# Projects
project-title = 프로젝트
project-number = 프로젝트 번호
project-cost = 비용
project-supporters = 지지자
project-votes = 득표
project-place = 장소
project-category = 분류
project-result = 결과
project-chosen = 선정
project-not-chosen = 미선정
project-waiting = 투표 대기
project-no-description = 설명이 없습니다.
projects-none = 이번 시즌에는 아직 프로젝트가 없습니다
projects-none-hint = 아이디어를 의논해 다듬으면 프로젝트가 되어 여기에 오릅니다.

# Ideas
ideas-title = 아이디어
ideas-lead = 작은 일도 모두의 일입니다. 한 문장으로 또렷하게 적으면 됩니다.
ideas-none = 아직 아이디어가 없습니다
ideas-none-hint = 첫 번째 아이디어를 내 주세요.
idea-new = 아이디어 내기
idea-by = 낸 사람: { $name }
idea-by-resident = 주민
idea-number = 번호: { $number }
idea-state-received = 접수됨
idea-state-answered = 답변함
idea-state-adopted = 프로젝트로 채택
idea-state-declined = 채택되지 않음
idea-form-title = 아이디어 내기
idea-form-lead = 건물, 마당, 거리를 더 좋게 만들고 싶으신가요? 적어 주세요. 읽고 답해 드립니다.
idea-field-title = 제목
idea-field-title-hint = 무엇을 하고 싶은지 한 문장으로 적어 주세요. 예: 14동 앞에 긴 의자를 놓기
idea-field-body = 생각
idea-field-body-hint = 왜 필요한지, 누구에게 좋은지, 대략 어떻게 할지 몇 문장이면 됩니다.
idea-field-name = 어떻게 불러 드릴까요
idea-field-name-hint = 공개됩니다. 별칭도 좋고 비워 두셔도 됩니다.
idea-field-place = 어디에서
idea-field-place-hint = 가장 가까운 사구(社区)를 골라 주세요.
idea-send = 아이디어 보내기
idea-privacy = 전화번호, 호수, 다른 사람의 이름은 적지 마세요. 제목과 생각은 공개됩니다.
idea-thanks = 잘 받았습니다. 고맙습니다
idea-thanks-number = 아이디어 번호: { $number }. 적어 두시면 언제든 확인할 수 있습니다.
idea-closed = 이번 시즌의 아이디어 접수는 끝났습니다. 다음 시즌에 다시 찾아 주세요.

# The first page: what one can do now
home-do-title = 지금 하실 수 있는 일
home-do-idea = ‘{ $season }’에서 아이디어를 모으고 있습니다. 누구나 한 문장으로 제안할 수 있습니다.
home-do-vote = ‘{ $season }’ 투표가 진행 중입니다. 먼저 프로젝트들을 살펴보고 마음을 정해 주세요.
home-do-result = ‘{ $season }’ 결과가 나왔습니다. 무엇이 선정되었고 무엇이 안 되었는지, 그 이유까지 볼 수 있습니다.
home-do-wait = ‘{ $season }’ 투표가 마감되어 집계를 확인하고 있습니다. 결과는 여기에 게시됩니다.
home-about-title = 린리란 무엇인가요
home-about-rule = 예산을 어디에 쓸지는 누구의 뜻이 아니라 미리 공개한 규칙으로 계산합니다.
home-about-why = 선정되지 않은 프로젝트에도 무엇이 얼마나 모자랐는지 밝힙니다.
home-about-check = 모든 단계는 장부에 남고, 누구나 집에서 다시 계산할 수 있습니다.
home-check-title = 이 숫자를 확인하는 방법
home-check = 숫자를 누르면 그 기록이 나옵니다. 장부는 뒤에 더할 수만 있고, 하나라도 고치면 드러납니다.

# A season’s own page
season-title = 시즌
seasons-all = 모든 시즌
season-look = 이 시즌 보기
season-opened-on = { $date } 시작
season-collecting-note = 이 시즌은 아이디어를 모으고 있습니다. 누구나 제안할 수 있습니다.
season-voting-note = 투표가 진행 중입니다. 사구(社区)에서 본인에게 드린 투표 코드로 한 사람이 한 번 투표합니다. 방법은 사구(社区) 안내를 봐 주세요.
season-published-note = 결과가 공개되었습니다. 무엇이 선정되었고 무엇이 안 되었는지, 그 이유까지 볼 수 있습니다.
season-ballots = 투표지
season-roll = 명부 인원
season-max-choices = 한 사람이 최대 { $n }개 프로젝트을 고를 수 있습니다.
season-check-title = 직접 확인하기
season-ledger = 장부에 남은 이 시즌의 기록
season-api = 공개 데이터 (JSON)
season-source-title = 데이터 출처
season-source = 이 시즌의 프로젝트과 투표지는 공개된 데이터 파일에서 왔습니다. 아래는 파일에 적힌 설명입니다.
project-about = 프로젝트 소개
ideas-all = 모든 아이디어
ideas-of = ‘{ $season }’ 아이디어
idea-kept = 작성하신 내용은 보내지지 않았습니다. 여기에서 복사해 두실 수 있습니다
idea-sign-in = 로그인하고 제안 쓰기
idea-before = 쓰기 전에 전화번호로 한 번 로그인해 주세요(인증 번호를 받습니다). 공개할 때 이름을 밝히지 않아도 됩니다.
idea-without-phone = 휴대전화가 없어도 괜찮습니다. 주민센터 창구에 오시면 직원이 대신 등록하고 접수증을 드립니다.
home-report = 고장 나거나 지저분하거나 위험한 곳을 보셨나요? 한마디만 알려 주세요. 처리가 끝나면 평가를 부탁드립니다.
