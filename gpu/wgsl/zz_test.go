package wgsl_test
import ("testing";"fmt";"gpumesh/gpu/kernels";"gpumesh/gpu/wgsl")
func TestShow(t *testing.T){
 for _,n:=range []string{"softmax-f32","gelu-f32"} {
 ps:=map[string]int64{}
 for _,info:=range kernels.Names(){ if info.Name==n { for _,p:=range info.Params { if p.Required(){ps[p.Name]=100}}}}
 v:=""; if vs:=kernels.Variants(n); vs!=nil {v=vs[len(vs)-1]}
 k,err:=kernels.New(n,ps,v); if err!=nil{t.Fatal(err)}
 for _,m:=range k.Modules { x,_:=wgsl.Parse(m.WGSL); r,err:=x.Reproducible(); if err!=nil{t.Fatal(err)}; fmt.Println(m.WGSL); fmt.Println("=====>"); fmt.Println(r.Source) }
 }
}
