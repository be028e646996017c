using Boreal.Linux.Cgroups;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What the machine lets containers be limited by, and what the engine holds.</summary>
internal sealed record EngineLimits(CgroupLayout Layout, KernelFeatures Features, TimeProvider Time, Func<int> CountImages);
