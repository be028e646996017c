using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime;

/// <summary>Writes the runtime-spec process of an exec.</summary>
public sealed class ExecProcessWriter(RuntimeOptions options)
{
    /// <param name="container">The running container.</param>
    /// <param name="exec">What to run in it.</param>
    /// <param name="rootfsPath">Its mounted root file system, for users and groups.</param>
    /// <param name="path">The file to write.</param>
    public void Write(ContainerSpec container, ExecProcess exec, string rootfsPath, string path) =>
        throw new EngineException(ErrorKind.NotImplemented, $"exec in {container.Id.Short}: {options}");
}
