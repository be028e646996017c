using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Commands.Node;
using Boreal.Cli.Output;

namespace Boreal.Tests.Unit.Cli.Commands;

public sealed class ColumnTests
{
    private const string Table = "table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}";

    // Recorded from a real engine's /containers/json.
    private const string Answer = """
        [{"Id":"5feca5df8658b3c9f0d1e2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7","Names":["/capi-c"],"Image":"capi/busybox","ImageID":"sha256:2a1b7b7d907d",
          "Command":"sh -c 'echo a very long command line'","Created":1767225600,"Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
          {"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"PrivatePort":99,"Type":"tcp"}],"Labels":{"b":"2","a":"1"},"State":"running","Status":"Up 5 minutes",
          "HostConfig":{"NetworkMode":"bridge"},"NetworkSettings":{"Networks":{}},"Mounts":[]}]
        """;

    private readonly FixedClock _clock = new(DateTimeOffset.FromUnixTimeSeconds(1767225600 + 600));

    [Fact]
    public void ContainerTable_OfARecordedAnswer_IsDockers() =>
        Assert.Equal(
            "CONTAINER ID   IMAGE          COMMAND                  CREATED          STATUS         PORTS                                             NAMES\n"
            + "5feca5df8658   capi/busybox   \"sh -c 'echo a very …\"   10 minutes ago   Up 5 minutes   99/tcp, 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp   capi-c\n",
            Listing("").Render(Containers(), Table));

    [Theory]
    [InlineData("{{.Label \"a\"}} {{.Labels}}", "1 a=1,b=2\n")]
    [InlineData("table {{.Names}}\\t{{.Label \"com.example.key\"}}", "NAMES     key\ncapi-c    \n")]
    [InlineData("table {{upper .Names}}", "NAMES\nCAPI-C\n")]
    [InlineData("{{.Names}}\\n{{.State}}", "capi-c\nrunning\n")]
    public void ContainerListing_ByATemplate_IsDockers(string format, string expected) => Assert.Equal(expected, Listing(format).Render(Containers(), Table));

    [Fact]
    public void ContainerListing_AsJson_HasSortedColumnsAndEscapesAngles()
    {
        var line = Listing("json").Render(Containers(), Table);
        Assert.StartsWith("""{"Command":"\"sh -c 'echo a very …\"","CreatedAt":"2026-01-01 00:00:00 +0000 UTC","ID":"5feca5df8658",""", line, StringComparison.Ordinal);
        Assert.Contains("\"Ports\":\"99/tcp, 0.0.0.0:8080-\\u003e80/tcp", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ContainerListing_OfAnUnknownColumn_Fails() =>
        Assert.Equal("template parsing error: template: :1:2: executing \"\" at <.Foo>: can't evaluate field Foo in type *formatter.ContainerContext",
            Assert.Throws<CommandFailedException>(() => Listing("{{.Foo}}").Render(Containers(), Table)).Message);

    [Fact]
    public void PortColumn_OfNeighbours_JoinsThem() =>
        Assert.Equal("0.0.0.0:80-82->80-82/tcp, 90/udp", PortColumn.Render(
        [
            new PortSummary { IP = "0.0.0.0", PrivatePort = 81, PublicPort = 81, Type = "tcp" },
            new PortSummary { IP = "0.0.0.0", PrivatePort = 80, PublicPort = 80, Type = "tcp" },
            new PortSummary { IP = "0.0.0.0", PrivatePort = 82, PublicPort = 82, Type = "tcp" },
            new PortSummary { PrivatePort = 90, Type = "udp" },
        ]));

    [Fact]
    public void ImageRows_OfAnImageWithTwoNames_AreTwo()
    {
        using var image = JsonDocument.Parse("""{"Id":"sha256:00","RepoTags":["a:1","docker.io/library/b:2"],"RepoDigests":["a@sha256:ff"],"Created":0,"Size":5}""");
        var rows = ImageRow.Of(image.RootElement, needsDigest: true, showsDigests: true).Select(row => $"{row.Repository} {row.Tag} {row.Digest}");
        Assert.Equal(["a 1 sha256:ff", "b 2 <none>"], rows);
    }

    [Fact]
    public void EventLine_OfARecordedEvent_IsDockers()
    {
        using var message = JsonDocument.Parse("""{"Type":"container","Action":"die","Actor":{"ID":"0fcc","Attributes":{"name":"web","exitCode":"0"}},"time":1767225600,"timeNano":1767225600123456789}""");
        Assert.Equal("2026-01-01T00:00:00.123456789Z container die 0fcc (exitCode=0, name=web)", EventsCommand.Line(message.RootElement, _clock));
    }

    [Fact]
    public void StatsRow_OfACgroup2Sample_LeavesInactiveCacheOut()
    {
        var sample = new ContainerStats
        {
            MemoryStats = new MemoryStats { Usage = 3000, Limit = 10000, Stats = new Dictionary<string, ulong> { ["inactive_file"] = 1000 } },
            CpuStats = new CpuStats { CpuUsage = new CpuUsage { TotalUsage = 300 }, SystemCpuUsage = 2000, OnlineCpus = 2 },
            PreCpuStats = new CpuStats { CpuUsage = new CpuUsage { TotalUsage = 100 }, SystemCpuUsage = 1000 },
        };
        Assert.Equal(2000UL, new StatsRow("x", sample).Memory);
        Assert.Equal(40, new StatsRow("x", sample).CpuPercent, 6);
    }

    private Listing Listing(string format) => new(ContainerColumns.Create(truncate: true, _clock), format);

    private static IReadOnlyList<ContainerSummary> Containers() =>
        JsonSerializer.Deserialize(Answer, ContainersJsonContext.Default.IReadOnlyListContainerSummary) ?? [];
}
