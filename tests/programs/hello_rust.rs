//! hello_rust.rs: a function with a mangled name.

#[inline(never)]
fn fun1(value: u64) -> u64 {
    std::hint::black_box(value) + 1
}

fn main() {
    let mut value = 0;
    for _ in 0..1000 {
        value = fun1(value);
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    println!("{value}");
}
