//! Builds of one folder at once: all end well, and the output is that of a fresh one.

use crate::versions::Versions;
use crate::{Form, Random};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

pub fn run(form: Form) -> String {
    let versions = Versions::new(form.of(20, 60));
    let rounds = form.of(6, 60);
    let mut random = Random(2);
    let mut killed = 0;
    for round in 0..rounds {
        let version = round % 2;
        versions.turn_to(version);
        if round % 3 == 0 {
            versions.forget();
        }
        if round % 4 == 3 {
            versions.site.remove("output");
        }
        let mut running: Vec<Child> = (0..2 + round % 2)
            .map(|_| {
                sleep(Duration::from_millis(20).mul_f64(random.share()));
                let mut command = versions.site.command(&["build", "--quiet"]);
                command.stderr(Stdio::inherit()).spawn().expect("started")
            })
            .collect();
        // One of three may die while the others wait for it.
        if running.len() == 3 {
            let mut first = running.remove(0);
            sleep(Duration::from_millis(100).mul_f64(random.share()));
            first.kill().expect("killed");
            killed += usize::from(!first.wait().expect("ended").success());
        }
        for mut child in running {
            let status = child.wait().expect("ended");
            assert!(status.success(), "round {round}: {status}");
        }
        versions.expect(version, &format!("round {round}"));
    }
    format!(
        "{rounds} rounds of two builds at once, in half of them with a third that is killed ({killed} were); all ended well, each \
         output was that of a fresh build."
    )
}
