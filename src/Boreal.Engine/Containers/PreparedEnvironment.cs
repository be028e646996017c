using Boreal.Engine.Networks;

namespace Boreal.Engine.Containers;

/// <summary>A mounted root file system and a connected network.</summary>
internal sealed record PreparedEnvironment(string RootfsPath, NetworkStatus Network);
