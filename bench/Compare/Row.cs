namespace Boreal.Bench.Compare;

/// <summary>One line of the table. <see cref="AtMostOneIn"/> is the part of Docker's figure that ours must not exceed.</summary>
internal sealed record Row(string Title, string Unit)
{
    public double? AtMostOneIn { get; init; }

    public double? AtMost { get; init; }

    public string Goal => (AtMostOneIn, AtMost) switch
    {
        ({ } part, _) => $"<= 1/{part:0.#}",
        (_, { } most) => $"<= {most:0.#} {Unit}",
        _ => "",
    };
}
