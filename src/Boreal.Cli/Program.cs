using Boreal.Cli.CommandLine;

return await Dispatcher.RunAsync(args, CancellationToken.None);
