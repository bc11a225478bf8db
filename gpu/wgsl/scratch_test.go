package wgsl
import ("testing";"os";"path/filepath";"fmt")
func TestScratch(t *testing.T){
 fs,_:=filepath.Glob("/root/go/pkg/mod/github.com/gogpu/naga@v0.19.0/snapshot/testdata/in/*.wgsl")
 fs=append(fs,"/tmp/ex/a.wgsl","/tmp/ex/b.wgsl")
 for _,f:=range fs { b,_:=os.ReadFile(f); m,err:=Parse(string(b)); if err!=nil{fmt.Println(filepath.Base(f),"->",err);continue}
 tr,rs:=m.Tier(); fmt.Println(filepath.Base(f),"OK",tr,len(rs)); for _,e:=range m.Entries{fmt.Printf("   %+v\n",e)}
 if filepath.Dir(f)=="/tmp/ex"{for _,r:=range rs{fmt.Println("    ",r)}} }
}
