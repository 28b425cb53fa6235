; writ bundle, format 3
string[0] ""
string[1] "K-1"
string[2] "Joined"
string[3] "high"
string[4] "A.B/c"
string[5] "most"
string[6] "a.b/d"
string[7] "A.B/d"
string[8] "other"
string[9] "properties.mode"
string[10] "properties"
string[11] "mode"
string[12] "name"
string[13] "properties.policy"
string[14] "policy"
string[15] "properties.list"
string[16] "list"
string[17] "location"
string[18] "a.b/c"
string[19] "type"
string[20] "properties.size"
string[21] "size"
constant[0] =2
constant[1] ="On"
constant[2] ="g"
constant[3] ="A.B/c"
constant[4] =5
constant[5] =0
test[0] block=7
test[1] block=11
step[0] name="properties"
step[1] name="mode"
step[2] name="name"
step[3] name="properties"
step[4] name="policy"
step[5] name="properties"
step[6] name="list"
step[7] name="location"
step[8] name="type"
step[9] name="properties"
step[10] name="size"
path[0] steps=0+2
path[1] steps=2+1
path[2] steps=3+2
path[3] steps=5+2
path[4] steps=7+1
path[5] steps=8+1
path[6] steps=9+2
field[0] kind=Raw name="properties.mode" paths=0+1
field[1] kind=Name name="name" paths=1+1
field[2] kind=Raw name="properties.policy" paths=2+1
field[3] kind=Raw name="properties.list" paths=3+1
field[4] kind=Location name="location" paths=4+1
field[5] kind=Type name="type" paths=5+1
field[6] kind=Raw name="properties.size" paths=6+1
node[0] children=1+0
node[1] children=2+2
node[2] key="location" children=4+0 slot=2 whole
node[3] key="properties" children=4+2
node[4] key="policy" children=6+0 slot=1 whole
node[5] key="size" children=6+0 slot=0 whole
node[6] children=7+1
node[7] key="properties" children=8+2
node[8] key="list" children=10+0 slot=1 whole
node[9] key="mode" children=10+0 slot=0 whole
use[0] field=2 slot=1 steps=5+0 path=2
use[1] field=4 slot=2 steps=8+0 path=4
use[2] field=6 slot=0 steps=11+0 path=6
use[3] field=0 slot=0 steps=2+0 path=0
use[4] field=3 slot=1 steps=7+0 path=3
type[0] trie=0
type[1] name="a.b/c" controls=0+1 trie=1 slots=3 uses=0+3
type[2] name="a.b/d" controls=1+0 trie=6 slots=2 uses=3+2
type_control[0] control=0
control_type[0] name="A.B/c"
parameter[0] name="most" type=1 value=0 bound
violation[0] condition=8 terms=0+4
violation[1] condition=12 terms=4+1
control[0] origin=Control id="K-1" title="Joined" severity="high" parameters=0+1 types=0+1 applicable=6 violations=0+2 joins=0+2
join[0] type="a.b/d" title="A.B/d" name="other" place=Anywhere filter=0 keys=0+2
join[1] type="a.b/c" title="A.B/c" place=NamedResourceGroup group=5 keys=2+0
join_key[0] inner=1 outer=2
join_key[1] inner=3 outer=4 inner_list location
join_term[0] kind=Condition condition=9
join_term[1] kind=Compare right=10 join=0 op=16
join_term[2] kind=Not
join_term[3] kind=All count=2
join_term[4] kind=Compare right=13 join=1 op=16
block[0] values=1 truths=1
   0: LoadConstant v0 c1                                ; "On"
   1: TestField equals t0 v0 f0                         ; properties.mode
   2: ReturnTruth t0
block[1] values=1
   0: LoadField v0 f1                                   ; name
   1: ReturnValue v0
block[2] values=1
   0: LoadField v0 f2                                   ; properties.policy
   1: ReturnValue v0
block[3] values=1
   0: LoadField v0 f3                                   ; properties.list
   1: ReturnValue v0
block[4] values=1
   0: LoadField v0 f4                                   ; location
   1: ReturnValue v0
block[5] values=1
   0: LoadConstant v0 c2                                ; "g"
   1: ReturnValue v0
block[6] values=1 truths=1
   0: LoadConstant v0 c3                                ; "A.B/c"
   1: TestField equals t0 v0 f5                         ; type
   2: ReturnTruth t0
block[7] values=2 truths=1
   0: LoadConstant v0 c5                                ; 0
   1: LoadJoin v1 join0
   2: TestValue greater t0 v0 v1
   3: ReturnTruth t0
block[8] values=1 truths=2
   0: AndBegin t0
   1: LoadConstant v0 c4                                ; 5
   2: TestField equals t1 v0 f6                         ; properties.size
   3: And t0 t1 @7
   4: RunTest t1 test0
   5: Not t1
   6: And t0 t1 @7
   7: ReturnTruth t0
block[9] values=1 truths=1
   0: LoadConstant v0 c4                                ; 5
   1: TestField equals t0 v0 f6                         ; properties.size
   2: ReturnTruth t0
block[10] values=1
   0: LoadConstant v0 c5                                ; 0
   1: ReturnValue v0
block[11] values=2 truths=1
   0: LoadConstant v0 c0                                ; 2
   1: LoadJoin v1 join1
   2: TestValue greater t0 v0 v1
   3: ReturnTruth t0
block[12] truths=1
   0: RunTest t0 test1
   1: ReturnTruth t0
block[13] values=1
   0: LoadConstant v0 c0                                ; 2
   1: ReturnValue v0
