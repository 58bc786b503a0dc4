// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/progress.h"

#include <utility>

namespace prunec::cli {
namespace {

bool has_reader(const Environment& environment, const Output& output) {
  return environment.err_is_terminal && !output.quiet() && output.format() == Format::kText &&
         environment.variable("TERM").value_or("dumb") != "dumb";
}

}  // namespace

Progress::Progress(Environment& environment, const Output& output, std::string step) : err_(environment.err), step_(std::move(step)) {
  if (has_reader(environment, output)) watcher_ = std::thread([this] { watch(); });
}

Progress::~Progress() {
  if (!watcher_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  woken_.notify_one();
  watcher_.join();
  clear();
}

void Progress::begin(std::string step) {
  {
    const std::lock_guard lock(mutex_);
    clear();
    step_ = std::move(step);
    begun_ = Clock::now();
  }
  woken_.notify_one();
}

void Progress::watch() {
  std::unique_lock lock(mutex_);
  while (!ended_) {
    const auto lasted = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begun_);
    if (lasted.count() >= 1) {
      err_ << "\r\x1b[Kprunec is " << step_ << ", " << lasted.count() << " s" << std::flush;
      shown_ = true;
    }
    woken_.wait_until(lock, begun_ + lasted + std::chrono::seconds(1));
  }
}

/// With the lock held, or the watcher gone.
void Progress::clear() {
  if (shown_) err_ << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace prunec::cli
