import { amqplib as record } from '../../packages/catalogue/src/drivers/amqplib.ts';
import { contract, internal, pathIn } from './contract.ts';

contract(record, {
  types: {
    ChannelModel: () => pathIn(internal('amqplib/lib/channel_model.js'), 'ChannelModel.prototype'),
    Channel: () => pathIn(internal('amqplib/lib/channel_model.js'), 'ConfirmChannel.prototype'),
    CallbackConnection: () => pathIn(internal('amqplib/lib/callback_model.js'), 'CallbackModel.prototype'),
    CallbackChannel: () => pathIn(internal('amqplib/lib/callback_model.js'), 'ConfirmChannel.prototype'),
  },
});
