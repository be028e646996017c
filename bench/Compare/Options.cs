using System.Globalization;

namespace Boreal.Bench.Compare;

/// <summary>What to compare with whom, and how often.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: ./boreal.sh bench [--boreal unix://SOCKET] [--peer NAME=unix://SOCKET]... [OPTIONS]

          --boreal ADDRESS     a running boreald; without it one is started on roots of its own
          --peer NAME=ADDRESS  an engine to compare with; may repeat
          --only A,B           only these scenarios: idle, run, none, exec, crowd, bulk, travel, serving, compose, apps, building, network, dns, throughput, balance, http
          --rounds N           measurements per short row (default 15); long ones take a fifth of that
          --containers N       size of the crowd (default 100)
          --megabytes N        size of the images that are imported, pushed and pulled (default 1024)
          --json FILE          write the results there too
        """;

    public string? Boreal { get; private init; }

    public IReadOnlyList<(string Name, string Address)> Peers { get; private init; } = [];

    public IReadOnlyList<string> Only { get; private init; } = [];

    public int Rounds { get; private init; } = 15;

    public int Containers { get; private init; } = 100;

    public int Megabytes { get; private init; } = 1024;

    public string? JsonPath { get; private init; }

    public int LongRounds => Math.Max(1, Rounds / 5);

    public static Options? Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count || options.With(arguments[i], arguments[i + 1]) is not { } next) return null;
            options = next;
        }
        return options;
    }

    private Options? With(string name, string value) => name switch
    {
        "--boreal" => this with { Boreal = value },
        "--peer" when value.Split('=', 2) is [var peer, var address] => this with { Peers = [.. Peers, (peer, address)] },
        "--only" => this with { Only = value.Split(',') },
        "--rounds" when Number(value) is { } rounds => this with { Rounds = rounds },
        "--containers" when Number(value) is { } containers => this with { Containers = containers },
        "--megabytes" when Number(value) is { } megabytes => this with { Megabytes = megabytes },
        "--json" => this with { JsonPath = value },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
