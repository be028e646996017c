using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Solving;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Engine.Programs;
using Boreal.Engine.Shims;
using Boreal.Engine.State;

namespace Boreal.Build.Running;

/// <summary>Runs the program of a step in a tree, with what it needs mounted and none of that left in the tree.</summary>
internal sealed class RunStep(BuildLayers layers, CacheFolders caches, ProgramRunner programs, NodePaths paths)
{
    private const string UsualHostName = "buildkitsandbox";
    private const int CannotStart = 1;

    // Where every program has something mounted.
    private static readonly string[] UsualTargets = ["/proc", "/dev", "/sys", "/etc/resolv.conf", "/etc/hosts"];

    /// <exception cref="BuildException">The program failed, or what it needs is not to be had.</exception>
    public async Task RunAsync(RunOperation operation, StepInputs inputs, WorkTree tree, SolveScope scope, CancellationToken cancellationToken)
    {
        await using var mounts = new RunMounts(layers, caches, inputs, scope.Client, paths);
        try
        {
            foreach (var mount in operation.Mounts)
                await mounts.AddAsync(mount, cancellationToken);
            var secrets = await SecretsAsync(operation, scope.Client, cancellationToken);
            var stubs = new MountStubs(tree.Path, [.. UsualTargets, .. operation.Mounts.Select(mount => mount.Target)]);
            var code = await RunAsync(Describe(operation, NetworkOf(operation, scope), tree.Path, mounts, secrets), operation, scope, cancellationToken);
            if (code != 0)
                throw scope.Failure(operation, $"{Unsuccessful(operation)}: exit code: {code}", exitCode: code);
            stubs.Remove();
        }
        catch (BuildException exception) when (exception.Step is null)
        {
            throw scope.Failure(operation, exception.Message, exception);
        }
        catch (EngineException exception)
        {
            throw scope.Failure(operation, $"{Unsuccessful(operation)}: {exception.Message}", exception);
        }
    }

    private static string NetworkOf(RunOperation operation, SolveScope scope) =>
        operation.Network switch { RunNetwork.None => "none", RunNetwork.Host => "host", _ => scope.Network };

    private static string Unsuccessful(RunOperation operation) => $"process \"{string.Join(' ', operation.Arguments)}\" did not complete successfully";

    private async Task<int> RunAsync(ProgramSpec program, RunOperation operation, SolveScope scope, CancellationToken cancellationToken)
    {
        var step = scope.StepOf(operation);
        try
        {
            var end = await programs.RunAsync(program, step.Log, cancellationToken);
            return end.ExitCode;
        }
        catch (RuntimeStartException exception)
        {
            step.Log(2, System.Text.Encoding.UTF8.GetBytes(exception.Message + "\n"));
            return CannotStart;
        }
    }

    private static async Task<IReadOnlyList<string>> SecretsAsync(RunOperation operation, IBuildClient client, CancellationToken cancellationToken)
    {
        var variables = new List<string>();
        foreach (var secret in operation.SecretVariables)
        {
            if (await client.GetSecretAsync(secret.SecretId, cancellationToken) is { } value)
                variables.Add($"{secret.Variable}={System.Text.Encoding.UTF8.GetString(value)}");
            else if (!secret.IsOptional)
                throw new BuildException($"secret {secret.SecretId}: not found");
        }

        return variables;
    }

    private static ProgramSpec Describe(RunOperation operation, string network, string root, RunMounts mounts, IReadOnlyList<string> secrets) => new()
    {
        RootPath = root,
        Arguments = operation.Arguments,
        Environment = [.. operation.ProxyVariables, .. operation.Environment, .. secrets],
        WorkingDirectory = operation.WorkingDirectory,
        User = operation.User,
        HostName = operation.HostName.Length > 0 ? operation.HostName : UsualHostName,
        Network = network,
        ExtraHosts = [.. operation.Hosts.Select(host => $"{host.Name}:{host.Address}")],
        Mounts = mounts.Points,
        Files = mounts.Files,
        IsPrivileged = operation.IsInsecure,
        Resources = ResourcesOf(operation.Limits),
    };

    private static ResourceSpec ResourcesOf(RunLimits limits) => new()
    {
        Memory = limits.Memory,
        MemorySwap = limits.MemorySwap,
        CpuShares = (long)limits.CpuShares,
        CpuPeriod = (long)limits.CpuPeriod,
        CpuQuota = limits.CpuQuota,
        CpusetCpus = limits.CpusetCpus,
        CpusetMems = limits.CpusetMems,
        CgroupParent = limits.CgroupParent,
        Ulimits = limits.Ulimits.Count == 0 ? null : [.. limits.Ulimits.Select(limit => new UlimitSpec(limit.Name, limit.Soft, limit.Hard))],
    };
}
