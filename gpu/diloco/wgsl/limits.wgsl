// limits: by what each delta is multiplied so that it is at most LONGEST long, in units of 2^UNIT; 0 if it is more than about 1e9 times too long. One
// invocation per shard.
@group(0) @binding(0) var<storage, read> squares: array<f32>;
@group(0) @binding(1) var<storage, read_write> factors: array<f32>;

@compute @workgroup_size(64)
fn limits(@builtin(global_invocation_id) id: vec3<u32>) {
  let shard = id.x;
  if (shard >= SHARDS) { return; }
  var sum = 0.0;
  for (var i = 0u; i < PIECES; i = i + 1u) { sum = sum + squares[shard * PIECES + i]; }
  var limit = 1.0;
  if (sum > LONGEST * LONGEST) { limit = LONGEST / sqrt(sum); }
  if (sum > 1e18) { limit = 0.0; }
  factors[shard] = limit;
}
