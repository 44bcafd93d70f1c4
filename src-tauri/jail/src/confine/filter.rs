//! Filters of system calls, as the kernel takes them.

use std::collections::BTreeMap;

#[cfg(target_arch = "x86_64")]
use libc::{
    BPF_ABS, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, ENOSYS, SECCOMP_RET_ALLOW,
    SECCOMP_RET_ERRNO,
};
use libc::{c_int, c_long};
#[cfg(target_arch = "x86_64")]
use seccompiler::sock_filter;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

pub type Failure = seccompiler::BackendError;

/// The calls that one filter answers with its error number.
#[derive(Default)]
pub struct Refused(BTreeMap<i64, Vec<SeccompRule>>);

impl Refused {
    pub fn always(&mut self, calls: impl IntoIterator<Item = c_long>) {
        for call in calls {
            // No rule means: whatever its arguments are.
            self.0.insert(call, Vec::new());
        }
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
        let rules = self.0.entry(call).or_default();
        rules.push(SeccompRule::new(all)?);
        Ok(())
    }

    pub fn apply(self, answer: c_int) -> Result<(), String> {
        if self.0.is_empty() {
            return Ok(());
        }
        let text = |error: &dyn std::error::Error| format!("seccomp: {error}");
        let architecture = std::env::consts::ARCH
            .try_into()
            .map_err(|error: Failure| text(&error))?;
        let action = SeccompAction::Errno(answer.unsigned_abs());
        let filter = SeccompFilter::new(self.0, SeccompAction::Allow, action, architecture)
            .map_err(|error| text(&error))?;
        let program: BpfProgram = filter.try_into().map_err(|error: Failure| text(&error))?;
        seccompiler::apply_filter(&program).map_err(|error| text(&error))
    }
}

/// The x32 table bears the same architecture's mark, and has numbers of its own for some calls. Hardly
/// a kernel offers it, so all of it is absent.
#[cfg(target_arch = "x86_64")]
pub fn refuse_x32() -> Result<(), String> {
    const FIRST: u32 = 0x4000_0000;
    let step = |code: u32, jt, jf, k| sock_filter {
        code: u16::try_from(code).unwrap_or_default(),
        jt,
        jf,
        k,
    };
    let program = [
        // The call's number is what the kernel's description of a call begins with.
        step(BPF_LD | BPF_W | BPF_ABS, 0, 0, 0),
        step(BPF_JMP | BPF_JGE | BPF_K, 0, 1, FIRST),
        step(
            BPF_RET | BPF_K,
            0,
            0,
            SECCOMP_RET_ERRNO | ENOSYS.unsigned_abs(),
        ),
        step(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW),
    ];
    seccompiler::apply_filter(&program).map_err(|error| format!("seccomp: {error}"))
}
