// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/runtime.h"

#include "runtime/api/apply.h"
#include "runtime/api/bench.h"
#include "runtime/api/inspect.h"
#include "runtime/api/sweep.h"
#include "runtime/api/verify.h"
#include "runtime/model/operators.h"

namespace {

class LibTorchRuntime : public prunec::Runtime {
 public:
  prunec::Outcome<prunec::ApplyResult> apply(const prunec::ApplyRequest& request) override { return prunec::run_apply(request); }
  prunec::Diagnostics check(const prunec::CheckRequest& request) override { return prunec::run_check(request); }
  prunec::Outcome<prunec::Inspection> inspect(const prunec::InspectRequest& request) override { return prunec::run_inspect(request); }
  prunec::Outcome<prunec::LatencyTable> bench(const prunec::BenchRequest& request) override { return prunec::run_bench(request); }
  prunec::Outcome<prunec::Sweep> sweep(const prunec::SweepRequest& request) override { return prunec::run_sweep(request); }
  std::optional<prunec::Diagnostic> load_operators(const std::vector<std::string>& libraries) override {
    return prunec::load_operators(libraries);
  }
  prunec::Outcome<prunec::Report> decide(const prunec::ApplyRequest& request) override { return prunec::run_decide(request); }
  prunec::Outcome<prunec::VerificationReport> verify(const prunec::VerifyRequest& request) override { return prunec::run_verify(request); }
};

}  // namespace

extern "C" __attribute__((visibility("default"))) prunec::Runtime* prunec_runtime_1() {
  static LibTorchRuntime runtime;
  return &runtime;
}
