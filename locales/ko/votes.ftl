
refusal-key-taken = 투표가 접수되지 않았습니다. 한 번 더 보내 주세요.
refusal-no-such-ballot = 이 링크로 열리는 투표지가 없습니다. 글자가 빠졌거나 투표가 끝났을 수 있습니다.
refusal-vote-yourself = 투표는 본인만 할 수 있습니다. 먼저 본인으로 돌아와 주세요.
refusal-not-a-resident = 아직 주민 명부에 없습니다. 신분증을 가지고 주민 사무소에 오시거나 편지의 코드로 투표해 주세요.
entry-roll-letters-printed = 투표 안내문을 인쇄했습니다
