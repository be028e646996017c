using System.Globalization;
using System.Text;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Cli.Output;

namespace Boreal.Cli.Building;

/// <summary>Records of the build cache as text.</summary>
internal static class UsageTable
{
    public const string Header = "ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED\n";

    /// <summary>One line; a star marks what can change and what is shared.</summary>
    public static string Row(UsageRecord record, DateTimeOffset now) =>
        $"{record.ID}{(record.Mutable ? "*" : "")}\t{(record.InUse ? "false" : "true")}\t{Units.Size(record.Size)}{(record.Shared ? "*" : "")}\t{Accessed(record, now)}\n";

    public static string Details(UsageRecord record)
    {
        var text = new StringBuilder();
        Line(text, "ID", record.ID);
        if (record.Parents.Count > 0) Line(text, record.Parents.Count is 1 ? "Parent" : "Parents", string.Join(", ", record.Parents));
        Line(text, "Created at", Time(record.CreatedAt?.ToDateTimeOffset()));
        Line(text, "Mutable", record.Mutable ? "true" : "false");
        Line(text, "Reclaimable", record.InUse ? "false" : "true");
        Line(text, "Shared", record.Shared ? "true" : "false");
        Line(text, "Size", Units.Size(record.Size));
        if (record.Description.Length > 0) Line(text, "Description", record.Description);
        Line(text, "Usage count", record.UsageCount.ToString(CultureInfo.InvariantCulture));
        if (record.LastUsedAt is { } used) Line(text, "Last used", Time(used.ToDateTimeOffset()));
        if (record.RecordType.Length > 0) Line(text, "Type", record.RecordType);
        return text.Append('\n').ToString();
    }

    public static string Totals(IReadOnlyCollection<UsageRecord> records)
    {
        var text = new StringBuilder();
        var shared = records.Where(record => record.Shared).Sum(record => record.Size);
        var total = records.Sum(record => record.Size);
        if (shared > 0) text.Append("Shared:\t").Append(Units.Size(shared)).Append("\nPrivate:\t").Append(Units.Size(total - shared)).Append('\n');
        text.Append("Reclaimable:\t").Append(Units.Size(records.Where(record => !record.InUse).Sum(record => record.Size))).Append('\n');
        return text.Append("Total:\t").Append(Units.Size(total)).Append('\n').ToString();
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(name).Append(":\t").Append(value).Append('\n');

    private static string Time(DateTimeOffset? time) => time is { } known ? Texts.GoTime(known, TimeZoneInfo.Utc) : "";

    private static string Accessed(UsageRecord record, DateTimeOffset now) => record.LastUsedAt is { } used ? Units.Duration(now - used.ToDateTimeOffset()) + " ago" : "";
}
