using System.Globalization;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Builds;

/// <summary>From options to an order: (1) attributes of the frontend, (2) what is offered, (3) caches and results.</summary>
internal sealed class OrderReader(BuildInputFlags input, BuildRunFlags run, BuildOutputFlags output)
{
    private const string EpochArgument = "SOURCE_DATE_EPOCH";
    private const string HostEntitlement = "network.host";

    private static readonly string[] MachineFiles = ["/etc/machine-id", "/proc/sys/kernel/hostname"];

    /// <exception cref="FormatException">An option's value cannot be understood.</exception>
    /// <exception cref="CommandFailedException">Options contradict each other, or the context is not there.</exception>
    public async Task<BuildOrder> ReadAsync(CliContext context, string place, CancellationToken cancellationToken)
    {
        var order = new BuildOrder();
        AddInputs(order, context);                                                                                // (1)
        AddSurroundings(order);
        foreach (var secret in input.Secrets.Values.Select(SecretSpecs.Parse)) order.Offer.Secrets[secret.Id] = secret.Source;  // (2)
        foreach (var agent in input.Agents.Values) AgentSpecs.Add(order.Offer, agent);
        foreach (var named in input.Contexts.Values) NamedContexts.Add(order, named);
        foreach (var cache in input.CacheFrom.Values.Select(CacheSpecs.Parse))                                      // (3)
        {
            if (!LocalCaches.AddImport(order, cache)) await context.Error.WriteLineAsync($"WARNING: there is no cache in {cache.Attributes["src"]} yet");
        }

        foreach (var cache in output.CacheTo.Values.Select(CacheSpecs.Parse)) LocalCaches.AddExport(order, cache);
        if (output is { Check.Value: false, Call.Value: "build" or "" })
            order.Exports.AddRange(ExportSpecs.Read(output.Outputs.Values, output.Load.Value, output.Push.Value, output.Tags.Values, output.Annotations.Values));
        await new ContextOrder(order, () => context.InStream, Machine()).ReadAsync(place, input.File.Value, cancellationToken);
        return order;
    }

    private void AddInputs(BuildOrder order, CliContext context)
    {
        var attributes = order.Attributes;
        foreach (var (name, value) in BuildArguments.Read(input.Arguments.Values, ProxySettings.Load(context.Options.ConfigDirectory, context.Options.HostText))) attributes[$"build-arg:{name}"] = value;
        if (Environment.GetEnvironmentVariable(EpochArgument) is { Length: > 0 } epoch) attributes.TryAdd($"build-arg:{EpochArgument}", epoch);
        foreach (var (name, value) in Parsing.KeyValueFiles.Map(input.Labels.Values)) attributes[$"label:{name}"] = value;
        foreach (var (name, value) in AttestSpecs.Read(output.Attestations.Values, output.Provenance.Value, output.Sbom.Value)) attributes[name] = value;
        if (input.Target.Value.Length > 0) attributes["target"] = input.Target.Value;
        var platforms = input.Platforms.Values.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (platforms.Count > 0) attributes["platform"] = string.Join(',', platforms);
        if (platforms.Count > 1) attributes["multi-platform"] = "true";
        if (input.NoCache.Value && input.NoCacheFilter.Values.Count > 0) throw new CommandFailedException("--no-cache and --no-cache-filter cannot currently be used together");
        if (input.NoCache.Value) attributes["no-cache"] = "";
        else if (input.NoCacheFilter.Values.Count > 0) attributes["no-cache"] = string.Join(',', input.NoCacheFilter.Values);
        attributes["image-resolve-mode"] = input.Pull.Value ? "pull" : "local";
    }

    private void AddSurroundings(BuildOrder order)
    {
        order.Entitlements.AddRange(run.Entitlements.Values.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        if (run.Hosts.Values.Count > 0) order.Attributes["add-hosts"] = string.Join(',', run.Hosts.Values.Select(ToAttribute));
        if (run.CgroupParent.Value.Length > 0) order.Attributes["cgroup-parent"] = run.CgroupParent.Value;
        if (run.ShmSize.Value > 0) order.Attributes["shm-size"] = run.ShmSize.Value.ToString(CultureInfo.InvariantCulture);
        if (run.Ulimits.Values.Count > 0) order.Attributes["ulimit"] = string.Join(',', run.Ulimits.Values);
        switch (run.Network.Value)
        {
            case "" or "default":
                return;
            case "host":
                order.Entitlements.Add(HostEntitlement);
                order.Attributes["force-network-mode"] = "host";
                return;
            case "none":
                order.Attributes["force-network-mode"] = "none";
                return;
            default:
                throw new CommandFailedException($"network mode \"{run.Network.Value}\" not supported by buildkit: builds have default, none or host");
        }
    }

    private static string ToAttribute(string mapping)
    {
        var colon = mapping.IndexOf(':');
        return $"{mapping[..colon]}={mapping[(colon + 1)..]}";
    }

    // Only tells this machine's folders from those of another that has the same paths.
    private static string Machine() => MachineFiles.Where(File.Exists).Select(file => File.ReadAllText(file).Trim()).FirstOrDefault(text => text.Length > 0) ?? "";
}
