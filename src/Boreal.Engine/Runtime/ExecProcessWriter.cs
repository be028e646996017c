using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Bundles;
using Boreal.Engine.Runtime.Security;
using Boreal.Engine.Runtime.Users;

namespace Boreal.Engine.Runtime;

/// <summary>Writes the runtime-spec process of an exec: the container's own, with what the exec asks for instead.</summary>
public sealed class ExecProcessWriter(RuntimeOptions options, RuntimeHost host)
{
    /// <param name="container">The running container.</param>
    /// <param name="exec">What to run in it.</param>
    /// <param name="rootfsPath">Its mounted root file system, for users and groups.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="Errors.EngineException">The user or group does not exist, in Docker's words.</exception>
    public void Write(ContainerSpec container, ExecProcess exec, string rootfsPath, string path)
    {
        var security = SecurityOptions.Parse(container.Security.SecurityOptions, options.NoNewPrivileges);
        var inputs = new BundleInputs { BundleDirectory = "", RootfsPath = rootfsPath, ContainerDirectory = "" };
        var own = ContainerProcess.Describe(container, security, options, host, inputs);
        var environment = ContainerEnvironment.Of(exec.Hostname ?? container.Process.Hostname, exec.Tty, container.Process.Environment);
        var process = own with
        {
            Arguments = exec.Command,
            Environment = ContainerEnvironment.Merge(environment, exec.Environment ?? []),
            WorkingDirectory = exec.WorkingDirectory.Length > 0 ? exec.WorkingDirectory : own.WorkingDirectory,
            User = exec.User.Length > 0 ? UserLookup.Resolve(rootfsPath, exec.User, container.Process.AdditionalGroups) : own.User,
            Capabilities = exec.Privileged ? host.Capabilities : own.Capabilities,
            Tty = exec.Tty,
            ConsoleSize = exec.ConsoleSize,
        };
        JsonFile.Write(path, json => ProcessSection.Write(json, process));
    }
}
