using Boreal.Daemon.Configuration;
using Boreal.Engine.Networks;
using Boreal.Linux.Cgroups;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>The daemon's part in every new container.</summary>
internal sealed record CreateSettings(ContainerDefaults Defaults, bool UsesCgroupV1, TimeProvider Time, NetworkRegistry Networks, CgroupMoves Moves);
