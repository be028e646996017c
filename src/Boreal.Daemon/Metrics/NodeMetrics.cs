using Boreal.Daemon.Endpoints.Node;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Metrics;

/// <summary>What this program and its machine are, and what the program itself uses.</summary>
internal sealed class NodeMetrics(Machine machine) : IMetricSource
{
    public ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        text.Information("boreal_build_info", "The running engine: always 1.");
        text.Sample(1, ("version", ProductVersion.Own), ("engine_version", ProductVersion.Engine), ("api_version", ApiVersion.Maximum.ToString()), ("architecture", machine.GoArchitecture));
        text.Information("boreal_host_info", "The machine: always 1.");
        text.Sample(1, ("kernel", machine.Kernel), ("operating_system", machine.OperatingSystem));
        text.Gauge("boreal_host_cpus", "Processors of the machine.");
        text.Sample(Environment.ProcessorCount);
        text.Gauge("boreal_host_memory_bytes", "Memory of the machine.");
        text.Sample(machine.Memory);
        text.Counter("process_cpu_seconds_total", "Processor time that the engine itself has used.");
        text.Sample(Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory that the engine itself holds.");
        text.Sample(Environment.WorkingSet);
        text.Gauge("process_open_fds", "File descriptors that the engine itself has open.");
        text.Sample(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        return ValueTask.CompletedTask;
    }
}
