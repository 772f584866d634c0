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
