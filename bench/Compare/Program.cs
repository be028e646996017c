using Boreal.Bench.Compare;

if (args is [NameProbe.Verb, var name, var queries])
{
    Console.WriteLine(NameProbe.Run(name, int.Parse(queries)));
    return 0;
}
if (args is [ConnectionProbe.Verb, var port])
{
    await ConnectionProbe.ServeAsync(int.Parse(port));
    return 0;
}
if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
await using var comparison = await Comparison.StartAsync(options);
var results = await comparison.RunAsync();
Console.WriteLine(Table.Render(results));
if (options.JsonPath is { } path) await File.WriteAllTextAsync(path, results.ToJson());
return 0;
