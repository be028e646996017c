using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Api.Volumes;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Commands.Volumes;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Node;

internal sealed class DiskUsageCommand : Command
{
    private const string Table = "table {{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}";
    private const string Images = "table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{.CreatedSince}}\\t{{.Size}}\\t{{.SharedSize}}\\t{{.UniqueSize}}\\t{{.Containers}}";
    private const string Containers = "table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.LocalVolumes}}\\t{{.Size}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Names}}";
    private const string Volumes = "table {{.Name}}\\t{{.Links}}\\t{{.Size}}";
    private const string Cache = "table {{.ID}}\\t{{.CacheType}}\\t{{.Size}}\\t{{.CreatedSince}}\\t{{.LastUsedSince}}\\t{{.UsageCount}}\\t{{.Shared}}";

    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _verbose;

    public DiskUsageCommand()
    {
        _format = Flags.Add(FormatOption.Create());
        _verbose = Flags.Switch("verbose", 'v', "Show detailed information on space usage");
    }

    public override string Usage => "df [OPTIONS]";

    public override string Summary => "Show docker disk usage";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal system df", "boreal system df -v"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var usage = await context.Client.Node.DiskUsageAsync(cancellationToken);
        if (!_verbose.Value) await new Listing(DiskUsageRow.Columns, _format.Value).WriteAsync(context, DiskUsageRow.Of(usage), Table);
        else await WriteDetailsAsync(context, usage);
        return ExitCodes.Success;
    }

    private static async Task WriteDetailsAsync(CliContext context, JsonElement usage)
    {
        await context.Out.WriteAsync("Images space usage:\n\n");
        var images = usage.Items("Images").Select(image => ImageRow.Of(image, needsDigest: false, showsDigests: false).First());
        await new Listing(ImageRow.Columns(truncate: true, context.Clock), "").WriteAsync(context, images, Images);
        await context.Out.WriteAsync("\nContainers space usage:\n\n");
        var containers = usage.Items("Containers").Select(item => item.Deserialize(ContainersJsonContext.Default.ContainerSummary)).OfType<ContainerSummary>()
            .Select(item => item with { SizeRootFs = 0 });
        await new Listing(ContainerColumns.Create(truncate: true, context.Clock), "").WriteAsync(context, containers, Containers);
        await context.Out.WriteAsync("\nLocal Volumes space usage:\n\n");
        var volumes = usage.Items("Volumes").Select(item => item.Deserialize(VolumesJsonContext.Default.Volume)).OfType<Volume>();
        await new Listing(VolumeColumns.Create(), "").WriteAsync(context, volumes, Volumes);
        await context.Out.WriteAsync($"\nBuild cache usage: {Units.Size(usage.Items("BuildCache").Sum(record => record.Number("Size")))}\n\n");
        await new Listing(CacheColumns(context.Clock), "").WriteAsync(context, usage.Items("BuildCache"), Cache);
    }

    private static TypedColumns<JsonElement> CacheColumns(TimeProvider clock) => new TypedColumns<JsonElement>("*formatter.buildCacheContext")
        .Add("CacheType", "CACHE TYPE", record => record.Text("Type"))
        .Add("CreatedSince", "CREATED", record => Since(record.Text("CreatedAt"), clock))
        .Add("ID", "CACHE ID", record => Texts.ShortId(record.Text("ID")))
        .Add("LastUsedSince", "LAST USED", record => Since(record.Text("LastUsedAt"), clock))
        .Add("Shared", "SHARED", record => record.Truth("Shared") ? "true" : "false")
        .Add("Size", "SIZE", record => Units.Size(record.Number("Size"), 3))
        .Add("UsageCount", "USAGE", record => $"{record.Number("UsageCount")}");

    private static string Since(string time, TimeProvider clock) =>
        DateTimeOffset.TryParse(time, out var at) ? Units.Duration(clock.GetUtcNow() - at) + " ago" : "";
}
