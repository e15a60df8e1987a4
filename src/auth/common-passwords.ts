/**
 * Passwords of 8 characters and more that guessers try first, in lower case: walks over the keyboard,
 * dates, names, words and endings that people choose worldwide and in India.
 */
const words = `
  !qaz2wsx 00000000 000000000 0000000000 01234567 012345678 0123456789 09876543 098765432 0987654321 0okm9ijn 10101010
  101010101 11110000 11111111 111111111 1111111111 11112222 111222333 111222tianya 11223344 1122334455 112233445566
  12121212 12301230 12312312 123123123 123123123a 123321123 1233211234567 12341234 12344321 1234512345 12345432
  123454321 1234554321 123456123456 123456654321 1234567654321 12345678 123456789 1234567890 1234567890a 12345678910
  123456789a 123456789q 12345678a 1234567a 1234567q 123456ab 123456abc 123456qwerty 12345qwert 12345qwerty 1234qwer
  1234qwerty 123password 123qwe123 123qwe123qwe 123qweasd 123qweasdzxc 123qwerty 12qwaszx 13131313 13572468 135792468
  1357924680 14141414 147147147 147258369 147852369 147896325 159357159 159753159 159951159 19191919 19801980 19841984
  19851985 19861986 19871987 19881988 19891989 19901990 19911991 19921992 19931993 19941994 19951995 19961996 19971997
  19981998 19991999 1a2b3c4d 1a2s3d4f 1password 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
  1qazxsw23edc 1qw23er4 1z2x3c4v 20002000 20012001 20102010 20202020 20202021 20222022 20232023 20242024 20252025
  20262026 22222222 258258258 2wsx3edc 31415926 314159265 321321321 33333333 369369369 3edc4rfv 44444444 456456456
  456789123 4rfv5tgb 55555555 66666666 741852963 77777777 78678678 786786786 789456123 789789789 87654321 88888888
  888888888 98765432 987654321 9876543210 99999999 999999999 9ol.0p;/ a1234567 a12345678 a123456789 a123456a a1b2c3d4
  a1b2c3d4e5 a1s2d3f4 aa123456 aa12345678 aaa12345 aaaabbbb aabbccdd ab123456 ab12345678 abc12345 abc123456 abc123abc
  abc@1234 abc@12345 abcabc123 abcabcabc abcd1234 abcd12345 abcd@123 abcd@1234 abcdef12 abcdef123 abcdefg1 abcdefg123
  abcdefgh abcdefghi abcdefghij abhishek abhishek1 abhishek123 abracadabra access14 aditya123 admin123 admin1234
  admin12345 admin123456 admin2024 admin2025 admin2026 admin@123 admin@1234 admin@12345 adminadmin administrator
  ajay1234 ajay@123 akash123 akash@123 alexander alexandra alhamdulillah allah786 allahuakbar alwaysforever amit1234
  amit@123 andrew123 android1 angel123 angel1234 angels123 anil1234 anita123 anjali12 anjali123 ankit123 ankit@123
  anthony1 anything apple123 apple1234 archana1 arjun123 arsenal1 arsenal123 artist123 as123456 asd123456 asdasd123
  asdasdasd asdf1234 asdf12345 asdfasdf asdfg123 asdfg12345 asdfgh12 asdfgh123 asdfghjk asdfghjkl asdfghjkl1 asdfqwer
  ashish123 ashley123 autumn123 avengers babyboy1 babygirl babygirl1 balaji12 balaji123 banana123 bangalore barcelona
  barcelona1 baseball baseball1 baseball123 basketball basketball1 batman12 batman123 beautiful beautiful1 bengaluru
  benjamin bestfriend bharat123 bharat@123 bharatmata bihar123 bihar@123 biryani1 bismillah bismillah1 bismillah786
  bitcoin1 blessed1 blessing blink182 blueberry bullet350 burger123 business business1 butterfly butterfly1 callofduty
  career123 change123 changeme changeme1 changeme123 charlie1 charlie123 cheese123 chelsea1 chelsea123 chennai1
  chennai123 cherry123 chicken1 chicken123 chocolate chocolate1 christian christopher cinderella coffee123 college1
  college123 company1 company123 computer computer1 computer123 cookie123 corvette counterstrike cricket1 cricket12
  cricket123 cricket@123 cupcake1 cutie123 daddy123 daddy1234 dancer123 daniel12 daniel123 database1 december deepak12
  deepak123 deepak@123 deepika1 deepika123 default1 default123 delhi123 delhi@123 demo1234 demo12345 demodemo dhoni007
  diamond1 diamond123 dinesh123 disha123 disha1234 disha@123 dishadisha divya123 doctor123 dollar123 dolphins donaldduck
  dontknow dragon12 dragon123 dragonball dragonforce drowssap durga123 eagle123 education education1 elephant elephant1
  elizabeth email123 eminem123 engineer engineer1 example1 example123 facebook facebook1 facebook123 falcon123 family12
  family123 father123 february ferrari1 ferrari123 flower12 flower123 flowers1 football football1 football12 football123
  forever1 forever123 forever21 fortnite fortnite1 freedom1 freedom123 freefire freefire1 freefire123 friends1
  friends123 friendship gabriel1 gameover gamer123 gaming123 ganesh12 ganesh123 ganesh@123 ganesha1 ganesha123 ganpati1
  ganpatibappa garfield gaurav123 george123 ginger123 gmail123 gmail@123 godisgood godislove golden123 goodboy1 goodluck
  goodmorning google123 googlegoogle greenday guest123 guest1234 guitar123 gujarat1 gujarat123 gupta123 hacker123
  hackerman hanuman1 hanuman123 happiness happy123 happy1234 harekrishna hareram1 harharmahadev harley123 hello123
  hello1234 hello12345 hello@123 hellohello hellokitty helloworld hi123456 hindustan hindustan1 hockey123 honda123
  honey123 honeybee hotmail1 hummingbird hunter12 hunter123 hyderabad idontknow ilovegod ilovejesus iloveme1 iloveme123
  iloveu123 iloveyou iloveyou! iloveyou1 iloveyou12 iloveyou123 iloveyou2 iloveyou3 incredible india123 india1234
  india12345 india1947 india2020 india2024 india2025 india@123 india@1234 indian12 indian123 instagram instagram1
  internet internet1 internet123 iphone123 ironman1 ironman123 isabella jackpot1 jaihind1 jaihind123 jaihind@123
  jaimatadi jaimatadi1 jaipur123 jaishreeram jaishriram jaisriram january1 java1234 javascript jennifer jennifer1
  jessica1 jessica123 jesus123 jesuschrist jesusislord jonathan jordan123 jordan23 juventus jyoti123 kavita123 kerala123
  killer12 killer123 kissme12 kitty123 kittycat kolkata1 kolkata123 krishna1 krishna108 krishna12 krishna123 krishna@123
  kumar123 kumar@123 lakshman lakshmi1 lakshmi123 laptop123 laxmi123 learner1 learner123 learning learning1 letmein!
  letmein1 letmein12 letmein123 letmein1234 letmeinnow lightning linkedin linkedin1 linux123 lion1234 liverpool
  liverpool1 lkjhgfdsa lottery1 love1234 love12345 lovelove lovely123 loveyou1 loveyou123 lucknow1 lucknow123 lucky123
  lucky1234 lucky777 maa12345 mahadev1 mahadev123 mahadev@123 mahesh123 mail1234 mamapapa manager1 manager123 manchester
  mango123 manish123 manoj123 master12 master123 master1234 matrix123 matthew1 maverick mercedes mercedes1 messi1010
  messi123 metallica metallica1 michael1 michael123 michelle michelle1 mickey123 mickeymouse microsoft midnight million1
  minecraft minecraft1 missyou1 mnbvcxz1 mnbvcxz123 mobile123 mohammad mohammed mommy123 monday123 money123 monkey12
  monkey123 mother12 mother123 msdhoni7 muhammad muhammad1 mukesh123 mumbai123 mumbai@123 mummy123 mummydaddy mummypapa
  murugan1 murugan123 music123 musiclover mustang1 mylove123 mypass123 mypassword mypassword1 mysql123 naruto12
  naruto123 neha1234 neha@123 network1 neverforget nevergiveup nevermind newdelhi newpass1 newpass123 newpassword
  nicholas nicole123 nintendo nirvana1 nisha123 nitin123 nokia123 nopassword nothing1 nothing123 november november1
  october1 october123 office123 office@123 okmijnuhb oldpassword omnamahshivay omnamahshivaya omsairam omsairam1
  omsairam123 opensesame oracle123 orange123 p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1 p@ssword123 pa$$w0rd
  pa$$word pankaj12 pankaj123 panther1 papamummy pass1234 pass12345 pass123456 pass@123 pass@1234 pass@12345 passpass
  passw0rd passw0rd! passw0rd1 password password! password0 password01 password1 password1! password10 password11
  password12 password123 password1234 password12345 password2 password2020 password2021 password2022 password2023
  password2024 password2025 password2026 password3 password69 password7 password9 password99 password@1 password@123
  passwords patel123 patel@123 patience pepper123 phoenix1 phoenix123 phone123 php12345 pictures pikachu1 pineapple
  pizza123 pl,okmijn platinum playstation poiuytrewq pokemon1 pokemon123 pooja123 pooja@123 porsche1 porsche911
  potato123 pradeep1 prakash1 prakash123 praveen1 precious1 princess princess1 princess12 princess123 priya123 priya1234
  priya@123 priyanka priyanka1 pubg1234 pulsar150 pulsar220 pune1234 pune@123 punjab12 punjab123 puppy123 purple123
  python123 q1234567 q12345678 q123456789 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q2w3e4r5 qaz12345 qazqazqaz qazwsx12
  qazwsx123 qazwsxedc qq123456 qwaszx12 qwe12345 qwe123qwe qweasd123 qweasdzxc qweasdzxc123 qweqweqwe qwer1234 qwer12345
  qwerasdf qwerasdfzxcv qwert123 qwert1234 qwert12345 qwerty1! qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
  qwerty99 qwerty@123 qwertyqwerty qwertyu1 qwertyui qwertyuiop qwertyuiop1 qwertyuiop123 qwertzui qwertzuiop
  radhakrishna radhekrishna radheradhe rahul123 rahul1234 rahul@123 rainbow1 rainbow123 raj12345 raj@1234 rajesh12
  rajesh123 raju1234 rakesh123 ramesh123 ranger123 realmadrid rediff123 richard1 robert123 roblox123 rockstar rockstar1
  rockyou1 rockyou123 rohit123 rohit@123 ronaldo123 ronaldo7 root1234 root12345 rootroot router123 royalenfield sachin10
  sachin123 sachin@123 saibaba1 saibaba123 sairam12 sairam123 salmankhan samantha samantha1 sample123 samsung1 samsung12
  samsung123 sandeep1 sandeep123 sanjay123 santosh1 santosh123 saurabh1 school123 scientist scooby123 scooter1 secret12
  secret123 secret1234 secretpassword security security1 security123 september september1 server123 shadow12 shadow123
  shahrukh shahrukhkhan sharma12 sharma123 shiva123 shiva1234 shivshiv shriram123 shweta123 silver123 singer123 singh123
  slipknot slipknot1 sneha123 snoopy123 soccer12 soccer123 softball something spiderman spiderman1 spring123 spring2025
  sriram123 starwars starwars1 stephanie sterling strawberry student1 student123 student@123 success1 success123
  sugar123 summer12 summer123 summer2024 summer2025 summer2026 sunday123 sunil123 sunil@123 sunita123 sunshine sunshine1
  sunshine12 sunshine123 superman superman1 superman123 supersecret superuser supervisor suresh123 swati123 sweet123
  sweetheart sweetie1 system123 teacher1 teacher123 teacher@123 temp1234 temporary temppass test1234 test12345
  test123456 test@123 test@1234 tester123 testing1 testing123 testpass testtest testuser thepassword thomas123 thunder1
  thunder123 tiger123 tigers123 tinkerbell tomato123 toor1234 topsecret training1 training123 trustno1 twitter1
  ubuntu123 unicorn1 university user1234 user12345 username username1 vandemataram venkatesh veronica victoria victoria1
  vijay123 vijay@123 vikas123 vikas@123 vikram123 vinayaka virat018 virat123 viratkohli vishal123 volleyball w1234567
  waheguru waheguru1 welcome! welcome1 welcome12 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 welcome@1
  welcome@123 whatever whatever1 whatsapp whatsapp1 william1 windows1 windows10 winter123 winter2024 winter2025
  wireless1 xbox360x yahoo123 yahoo@123 yamaha123 yamahar15 yellow123 yogesh123 yourpassword youtube1 youtube123
  z1234567 z1x2c3v4 zaq12wsx zaq1xsw2 zaq1zaq1 zxc12345 zxcasdqwe zxcv1234 zxcvasdf zxcvbnm, zxcvbnm,./ zxcvbnm1
  zxcvbnm12 zxcvbnm123 zxcvzxcv zxczxczxc zz123456
`;

export const commonPasswords: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
