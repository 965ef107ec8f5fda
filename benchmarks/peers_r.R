# Measure one program of R: Rscript peers_r.R PROGRAM FOLDER N NAME ...
#
# FOLDER/NAME.f64 holds each array as doubles, N series one after the other. The answers are left
# there in the same form, as answer-NAME.f64; the last line printed is JSON, as of measure.py.

enough <- 2  # seconds
most <- 9
warm <- 4  # series

# The steps of a series in a column.
load_array <- function(folder, name, n) {
  path <- file.path(folder, paste0(name, ".f64"))
  size <- file.size(path) / 8
  matrix(readBin(path, "double", size), size / n, n)
}

# Columns in groups, since an object of surveillance is copied whole for each of its columns.
by_groups <- function(values, size, each) {
  groups <- split(seq_len(ncol(values)), (seq_len(ncol(values)) - 1) %/% size)
  do.call(cbind, lapply(groups, function(at) each(values[, at, drop = FALSE])))
}

farrington <- function(arrays) {
  last <- nrow(arrays[[1]]) - 11:0
  control <- list(
    range = last, b = 5, w = 1, noPeriods = 10, pastWeeksNotIncluded = 3, trend = TRUE,
    pThresholdTrend = 0.05, reweight = TRUE, weightsThreshold = 2.58, alpha = 0.05,
    powertrans = "2/3", thresholdMethod = "delta", limit54 = c(0, 4), glmWarnings = FALSE
  )
  bounds <- function(part) {
    surveillance::farringtonFlexible(surveillance::sts(part, frequency = 12), control)@upperbound
  }
  list(bound = by_groups(arrays[[1]], 20, bounds))
}

farrington_converged <- farrington

# C3 is timed with the others; its answer has a name of its own, since it is another: see the docs.
ears <- function(arrays) {
  found <- list()
  for (method in c("C1", "C2", "C3")) {
    both <- function(part) {
      got <- surveillance::earsC(surveillance::sts(part, frequency = 12), list(method = method))
      rbind(got@upperbound, got@alarm)
    }
    got <- by_groups(arrays[[1]], 20, both)
    half <- nrow(got) / 2
    before <- nrow(arrays[[1]]) - half
    name <- c(C1 = "c1", C2 = "c2", C3 = "c3_of_surveillance")[[method]]
    found[[name]] <- rbind(matrix(NA_real_, before, ncol(got)), got[1:half, , drop = FALSE])
    alarms <- got[half + 1:half, , drop = FALSE]
    found[[paste0(name, "_alarms")]] <- rbind(matrix(0, before, ncol(got)), alarms)
  }
  found
}

poisson_glm <- function(arrays) {
  counts <- arrays[[1]]
  offsets <- log(arrays[[2]])
  design <- cbind(1, seq_len(nrow(counts)) - 1)
  family <- stats::poisson()
  found <- vapply(seq_len(ncol(counts)), function(i) {
    fit <- stats::glm.fit(design, counts[, i], offset = offsets[, i], family = family)
    c(fit$coefficients[2], sqrt(chol2inv(fit$qr$qr)[2, 2]))
  }, numeric(2))
  list(slope = found[1, , drop = FALSE], slope_error = found[2, , drop = FALSE])
}

negbin_glm <- function(arrays, epsilon = 1e-8) {
  counts <- arrays[[1]]
  offsets <- log(arrays[[2]])
  step <- seq_len(nrow(counts)) - 1
  found <- vapply(seq_len(ncol(counts)), function(i) {
    offset <- offsets[, i]
    control <- stats::glm.control(epsilon = epsilon, maxit = 100)
    fit <- MASS::glm.nb(counts[, i] ~ step + offset(offset), control = control)
    c(fit$coefficients[2], 1 / fit$theta, fit$twologlik / 2)
  }, numeric(3))
  names <- c("slope", "alpha", "log_likelihood")
  stats::setNames(lapply(1:3, function(k) found[k, , drop = FALSE]), names)
}

negbin_glm_converged <- function(arrays) negbin_glm(arrays, 1e-12)

kendall <- function(arrays) {
  values <- arrays[[1]]
  step <- seq_len(nrow(values))
  found <- vapply(seq_len(ncol(values)), function(i) {
    test <- stats::cor.test(values[, i], step, method = "kendall", exact = FALSE, continuity = TRUE)
    c(test$statistic, test$estimate)
  }, numeric(2))
  list(z = found[1, , drop = FALSE], tau = found[2, , drop = FALSE])
}

memory <- function(field) {
  if (!file.exists("/proc/self/status")) return("null")
  line <- grep(paste0("^", field), readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) / 1024
}

main <- function(program, folder, n, names) {
  arrays <- stats::setNames(lapply(names, function(name) load_array(folder, name, n)), names)
  work <- get(program, mode = "function")
  work(lapply(arrays, function(array) array[, seq_len(min(warm, n)), drop = FALSE]))
  invisible(gc())
  try(cat("5", file = "/proc/self/clear_refs"), silent = TRUE)
  before <- memory("VmRSS")
  seconds <- cpu <- numeric()
  while (length(seconds) < most && sum(seconds) < enough) {
    start <- proc.time()
    answer <- work(arrays)
    took <- proc.time() - start
    seconds <- c(seconds, took[["elapsed"]])
    cpu <- c(cpu, took[["user.self"]] + took[["sys.self"]])
  }
  peak <- memory("VmHWM")
  for (name in names(answer)) {
    path <- file.path(folder, paste0("answer-", name, ".f64"))
    writeBin(as.double(answer[[name]]), path)
  }
  above <- if (is.numeric(peak)) peak - before else peak
  numbers <- function(x) paste0("[", paste(format(x, digits = 15), collapse = ", "), "]")
  form <- '{"seconds": %s, "cpu_seconds": %s, "peak_mib": %s, "above_mib": %s}\n'
  cat(sprintf(form, numbers(seconds), numbers(cpu), format(peak), format(above)))
}

given <- commandArgs(trailingOnly = TRUE)
if (endsWith(given[1], "_converged")) {
  # glm goes on until the deviance stays as it is. R lets this be set at top level only.
  patient <- stats::glm.control
  formals(patient)$epsilon <- 1e-14
  formals(patient)$maxit <- 100
  utils::assignInNamespace("glm.control", patient, "stats")
}
main(given[1], given[2], as.integer(given[3]), given[-(1:3)])
