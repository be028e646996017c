using Boreal.Engine.Networks;

namespace Boreal.Engine.Containers;

/// <summary>A mounted root file system, what to bind into it by its path there, and a connected network.</summary>
internal sealed record PreparedEnvironment(string RootfsPath, IReadOnlyDictionary<string, string> MountSources, NetworkStatus Network);
