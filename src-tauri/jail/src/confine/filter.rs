//! Filters of system calls, as the kernel takes them.

use std::collections::{BTreeMap, BTreeSet};

use libc::{
    BPF_ABS, BPF_JA, BPF_JEQ, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, ENOSYS,
    SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO, c_int, c_long,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, sock_filter,
};

pub type Failure = seccompiler::BackendError;

/// Steps that one comparison can pass over are counted in a byte.
const AT_ONCE: usize = 128;

/// The calls that one filter answers with its error number.
#[derive(Default)]
pub struct Refused {
    always: BTreeSet<u32>,
    rules: BTreeMap<i64, Vec<SeccompRule>>,
}

impl Refused {
    pub fn always(&mut self, calls: impl IntoIterator<Item = c_long>) {
        self.always.extend(calls.into_iter().map(number));
    }

    pub fn when(
        &mut self,
        call: c_long,
        argument: u8,
        is: SeccompCmpOp,
        value: u64,
    ) -> Result<(), Failure> {
        let length = match is {
            SeccompCmpOp::MaskedEq(_) => SeccompCmpArgLen::Qword,
            _ => SeccompCmpArgLen::Dword,
        };
        self.rule(
            call,
            vec![SeccompCondition::new(argument, length, is, value)?],
        )
    }

    /// Whatever the argument is, but for `values`.
    pub fn unless(&mut self, call: c_long, argument: u8, values: &[c_int]) -> Result<(), Failure> {
        let conditions: Result<Vec<_>, _> = values
            .iter()
            .map(|value| {
                let value = u64::from(value.unsigned_abs());
                let (length, is) = (SeccompCmpArgLen::Dword, SeccompCmpOp::Ne);
                SeccompCondition::new(argument, length, is, value)
            })
            .collect();
        self.rule(call, conditions?)
    }

    /// Where all of the conditions hold.
    pub fn rule(&mut self, call: c_long, all: Vec<SeccompCondition>) -> Result<(), Failure> {
        let rules = self.rules.entry(call).or_default();
        rules.push(SeccompRule::new(all)?);
        Ok(())
    }

    /// A program that answers these with `answer`, and allows everything else.
    pub fn program(self, answer: c_int) -> Result<BpfProgram, Failure> {
        let answer = answer.unsigned_abs();
        let calls: Vec<u32> = self.always.into_iter().collect();
        let always = calls.chunks(AT_ONCE).map(|some| list(some, answer));
        let rules = if self.rules.is_empty() {
            BpfProgram::new()
        } else {
            of_rules(self.rules, SeccompAction::Errno(answer))?
        };
        Ok(joined(always.chain([rules])))
    }
}

fn number(call: c_long) -> u32 {
    u32::try_from(call).unwrap_or(u32::MAX)
}

/// One step for each call. The kernel walks through a program for each call there is when it takes it,
/// so one of several steps for each, as that of rules has them, costs a third of a millisecond.
fn list(calls: &[u32], answer: u32) -> BpfProgram {
    let mut program = vec![load_number()];
    for (call, left) in calls.iter().zip((1..=calls.len()).rev()) {
        let over = u8::try_from(left).unwrap_or(u8::MAX);
        program.push(step(BPF_JMP | BPF_JEQ | BPF_K, over, 0, *call));
    }
    program.push(step(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW));
    program.push(step(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | answer));
    program
}

fn of_rules(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    action: SeccompAction,
) -> Result<BpfProgram, Failure> {
    let architecture = std::env::consts::ARCH.try_into()?;
    SeccompFilter::new(rules, SeccompAction::Allow, action, architecture)?.try_into()
}

/// Ends what calls by the numbers of another architecture.
pub fn of_this_architecture() -> Result<BpfProgram, Failure> {
    of_rules(BTreeMap::new(), SeccompAction::KillProcess)
}

/// The x32 table bears the same architecture's mark, and has numbers of its own for some calls. Hardly
/// a kernel offers it, so all of it is absent.
pub fn without_x32() -> BpfProgram {
    const FIRST: u32 = 0x4000_0000;
    if cfg!(not(target_arch = "x86_64")) {
        return BpfProgram::new();
    }
    vec![
        load_number(),
        step(BPF_JMP | BPF_JGE | BPF_K, 0, 1, FIRST),
        step(
            BPF_RET | BPF_K,
            0,
            0,
            SECCOMP_RET_ERRNO | ENOSYS.unsigned_abs(),
        ),
        step(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW),
    ]
}

/// One program of several: what the first would allow the next one looks at.
pub fn joined(programs: impl IntoIterator<Item = BpfProgram>) -> BpfProgram {
    let mut all = BpfProgram::new();
    for program in programs {
        let next = all.len();
        if !program.is_empty() {
            for (at, one) in all.iter_mut().enumerate().filter(|(_, one)| allows(one)) {
                // A jump counts from the step behind it.
                let over = u32::try_from(next - at - 1).unwrap_or(u32::MAX);
                *one = step(BPF_JMP | BPF_JA, 0, 0, over);
            }
        }
        all.extend(program);
    }
    all
}

fn allows(one: &sock_filter) -> bool {
    u32::from(one.code) == BPF_RET | BPF_K && one.k == SECCOMP_RET_ALLOW
}

/// The call's number is what the kernel's description of a call begins with.
fn load_number() -> sock_filter {
    step(BPF_LD | BPF_W | BPF_ABS, 0, 0, 0)
}

/// Where a comparison holds `over` steps are passed over, elsewhere `otherwise`.
fn step(code: u32, over: u8, otherwise: u8, k: u32) -> sock_filter {
    sock_filter {
        code: u16::try_from(code).unwrap_or_default(),
        jt: over,
        jf: otherwise,
        k,
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::thread;

    use libc::{EACCES, EPERM, SYS_getpgid, SYS_getppid, SYS_getuid, c_int, c_long};
    use seccompiler::{BpfProgram, SeccompCmpOp};

    use super::{AT_ONCE, Refused, joined};

    fn always(calls: impl IntoIterator<Item = c_long>, answer: c_int) -> BpfProgram {
        let mut refused = Refused::default();
        refused.always(calls);
        refused.program(answer).unwrap_or_default()
    }

    /// The error number of each call, with 0 as its argument, in a thread behind the joined programs.
    fn answers<const COUNT: usize>(
        programs: Vec<BpfProgram>,
        calls: [c_long; COUNT],
    ) -> Option<[Option<c_int>; COUNT]> {
        let thread = thread::spawn(move || {
            seccompiler::apply_filter(&joined(programs)).ok()?;
            Some(calls.map(|call| {
                // SAFETY: these calls only read numbers of this process, or do not exist.
                let found = unsafe { libc::syscall(call, 0) };
                (found < 0).then(|| io::Error::last_os_error().raw_os_error())?
            }))
        });
        thread.join().ok()?
    }

    #[test]
    fn each_of_the_joined_programs_gives_its_own_answer() {
        let mut conditional = Refused::default();
        let rule = conditional.when(SYS_getpgid, 0, SeccompCmpOp::Eq, 0);
        let programs = vec![
            always([SYS_getppid], EPERM),
            conditional.program(EACCES).unwrap_or_default(),
            Refused::default().program(EPERM).unwrap_or_default(),
        ];
        let found = answers(programs, [SYS_getppid, SYS_getpgid, SYS_getuid]);
        assert!(rule.is_ok());
        assert_eq!(found, Some([Some(EPERM), Some(EACCES), None]));
    }

    #[test]
    fn more_calls_are_refused_than_one_comparison_can_pass_over() {
        let (first, last) = (2000, 2000 + 3 * AT_ONCE as c_long);
        let found = answers(
            vec![always(first..=last, EACCES)],
            [first, last, SYS_getuid],
        );
        assert_eq!(found, Some([Some(EACCES), Some(EACCES), None]));
    }
}
