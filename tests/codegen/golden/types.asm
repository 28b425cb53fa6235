; writ bundle, format 3
string[0] ""
string[1] "T-equals"
string[2] "A.B/c"
string[3] "type"
string[4] "A.B/c/tier"
string[5] "a.b/c"
string[6] "sku"
string[7] "tier"
string[8] "2015-01-01"
string[9] "properties"
string[10] "2016-01-01"
string[11] "T-in"
string[12] "A.B/d"
string[13] "location"
string[14] "A.B/shared"
string[15] "rules"
string[16] "shared"
string[17] "a.b/d"
string[18] "/links/{name}"
string[19] "name"
string[20] "records/e"
string[21] "T-like"
string[22] "tags['cost.center']"
string[23] "tags"
string[24] "cost.center"
string[25] "T-not"
string[26] "T-or"
string[27] "T-never"
string[28] "T-everywhere"
string[29] "a.b/f"
constant[0] ="a.b/C"
constant[1] ="Gold"
constant[2] =["A.B/c","A.B/d"]
constant[3] =true
constant[4] ="x"
constant[5] ="A.B/*"
constant[6] ="A.B/d"
constant[7] ="A.B/f"
constant[8] ="A.B/c"
constant[9] =false
constant[10] ="y"
test[0] block=6
test[1] block=8
step[0] name="type"
step[1] name="sku"
step[2] name="tier"
step[3] name="properties"
step[4] name="tier"
step[5] name="location"
step[6] name="properties"
step[7] name="rules" each
step[8] name="shared"
step[9] name="properties"
step[10] name="shared"
step[11] name="shared"
step[12] name="tags"
step[13] name="cost.center"
step[14] name="name"
step[15] name="tags"
version[0] api_version="2015-01-01" steps=3+2
version[1] api_version="2016-01-01" steps=3+2
path[0] steps=0+1
path[1] type="a.b/c" steps=1+2 versions=0+2
path[2] steps=5+1
path[3] type="a.b/c" steps=6+3 versions=2+0
path[4] type="a.b/d" steps=9+2 versions=2+0 pattern="/links/{name}" variable="name"
path[5] type="records/e" steps=11+1 versions=2+0 flags=1
path[6] steps=12+2
path[7] steps=14+1
path[8] steps=15+1
field[0] kind=Type name="type" paths=0+1
field[1] kind=Alias name="A.B/c/tier" paths=1+1
field[2] kind=Location name="location" paths=2+1
field[3] kind=Alias name="A.B/shared" paths=3+3 secret
field[4] kind=Tag name="tags['cost.center']" paths=6+1
field[5] kind=Name name="name" paths=7+1
field[6] kind=Tags name="tags" paths=8+1
node[0] children=1+1
node[1] key="tags" children=2+1
node[2] key="cost.center" children=3+0 slot=0 whole
node[3] children=4+4
node[4] key="location" children=8+0 slot=2 whole
node[5] key="properties" children=8+1
node[6] key="sku" children=9+1
node[7] key="tags" children=10+1
node[8] key="rules" children=11+0 slot=1 whole
node[9] key="tier" children=11+0 slot=0 whole
node[10] key="cost.center" children=11+0 slot=3 whole
node[11] children=12+3
node[12] key="location" children=15+0 slot=1 whole
node[13] key="properties" children=15+1
node[14] key="tags" children=16+1
node[15] key="shared" children=17+0 slot=0 whole
node[16] key="cost.center" children=17+0 slot=2 whole
node[17] children=18+1
node[18] key="tags" children=19+1 slot=1 whole
node[19] key="cost.center" children=20+0 slot=0 whole
node[20] children=21+1
node[21] key="shared" children=22+0 slot=0 whole
use[0] field=4 slot=0 steps=14+0 path=6
use[1] field=1 slot=0 steps=3+0 path=1
use[2] field=2 slot=2 steps=6+0 path=2
use[3] field=3 slot=1 steps=8+1 each path=3
use[4] field=4 slot=3 steps=14+0 path=6
use[5] field=2 slot=1 steps=6+0 path=2
use[6] field=3 slot=0 steps=11+0 path=4
use[7] field=4 slot=2 steps=14+0 path=6
use[8] field=4 slot=0 steps=14+0 path=6
use[9] field=6 slot=1 steps=16+0 path=8
use[10] field=3 slot=0 steps=12+0 path=5
type[0] controls=0+3 trie=0 slots=1 uses=0+1
type[1] name="a.b/c" controls=3+5 trie=3 slots=4 uses=1+4 whole
type[2] name="a.b/d" controls=8+3 trie=11 slots=3 uses=5+3
type[3] name="a.b/f" controls=11+4 trie=17 slots=2 uses=8+2
type[4] name="records/e" controls=15+2 trie=20 slots=1 uses=10+1 whole
type_control[0] control=2
type_control[1] control=3
type_control[2] control=6
type_control[3] control=0
type_control[4] control=1
type_control[5] control=2
type_control[6] control=3
type_control[7] control=6
type_control[8] control=1
type_control[9] control=2
type_control[10] control=6
type_control[11] control=2
type_control[12] control=3
type_control[13] control=4
type_control[14] control=6
type_control[15] control=3
type_control[16] control=6
control_type[0] name="A.B/c"
control_type[1] name="A.B/c"
control_type[2] name="A.B/d"
violation[0] condition=1
violation[1] condition=3
violation[2] condition=5
violation[3] condition=9
violation[4] condition=11
violation[5] condition=13
violation[6] condition=14
control[0] origin=Control id="T-equals" types=0+1 applicable=0 violations=0+1
control[1] origin=Control id="T-in" types=1+2 applicable=2 violations=1+1
control[2] origin=Control id="T-like" types=3+0 applicable=4 violations=2+1
control[3] origin=Control id="T-not" types=3+0 applicable=7 violations=3+1
control[4] origin=Control id="T-or" types=3+0 applicable=10 violations=4+1
control[5] origin=Control id="T-never" types=3+0 applicable=12 violations=5+1
control[6] origin=Control id="T-everywhere" types=3+0 applicable=13 violations=6+1
block[0] values=1 truths=1
   0: LoadConstant v0 c0                                ; "a.b/C"
   1: TestField equals t0 v0 f0                         ; type
   2: ReturnTruth t0
block[1] values=1 truths=1
   0: LoadConstant v0 c1                                ; "Gold"
   1: TestField equals t0 v0 f1                         ; A.B/c/tier
   2: ReturnTruth t0
block[2] values=1 truths=2
   0: AndBegin t0
   1: LoadConstant v0 c2                                ; ["A.B/c","A.B/d"]
   2: TestField in t1 v0 f0                             ; type
   3: And t0 t1 @7
   4: LoadConstant v0 c3                                ; true
   5: TestField exists t1 v0 f2                         ; location
   6: And t0 t1 @7
   7: ReturnTruth t0
block[3] values=1 truths=1
   0: LoadConstant v0 c4                                ; "x"
   1: TestField equals t0 v0 f3                         ; A.B/shared
   2: ReturnTruth t0
block[4] values=1 truths=1
   0: LoadConstant v0 c5                                ; "A.B/*"
   1: TestField like t0 v0 f0                           ; type
   2: ReturnTruth t0
block[5] values=1 truths=1
   0: LoadConstant v0 c4                                ; "x"
   1: TestField equals t0 v0 f4                         ; tags['cost.center']
   2: ReturnTruth t0
block[6] values=1 truths=1
   0: LoadConstant v0 c6                                ; "A.B/d"
   1: TestField equals t0 v0 f0                         ; type
   2: ReturnTruth t0
block[7] truths=1
   0: RunTest t0 test0
   1: Not t0
   2: ReturnTruth t0
block[8] values=1 truths=1
   0: LoadField v0 f0                                   ; type
   1: TestField equals t0 v0 f5                         ; name
   2: ReturnTruth t0
block[9] truths=1
   0: RunTest t0 test1
   1: ReturnTruth t0
block[10] values=1 truths=3
   0: OrBegin t0
   1: LoadConstant v0 c7                                ; "A.B/f"
   2: TestField equals t1 v0 f0                         ; type
   3: Or t0 t1 @11
   4: AndBegin t1
   5: LoadConstant v0 c8                                ; "A.B/c"
   6: TestField equals t2 v0 f0                         ; type
   7: And t1 t2 @10
   8: RunTest t2 test0
   9: And t1 t2 @10
  10: Or t0 t1 @11
  11: ReturnTruth t0
block[11] values=1 truths=1
   0: LoadConstant v0 c9                                ; false
   1: TestField exists t0 v0 f6                         ; tags
   2: ReturnTruth t0
block[12] truths=1
   0: TruthConstant t0
   1: ReturnTruth t0
block[13] truths=1
   0: TruthConstant !1 t0
   1: ReturnTruth t0
block[14] values=1 truths=1
   0: LoadConstant v0 c10                               ; "y"
   1: TestField equals t0 v0 f3                         ; A.B/shared
   2: ReturnTruth t0
